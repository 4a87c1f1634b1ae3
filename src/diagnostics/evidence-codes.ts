import type { Severity } from '../model/diagnostic-document.ts'
import { count, near, some, type WordingOf } from './wording.ts'

/** What is noticed about exports, attestations and what they prove. */
export interface EvidenceFacts {
  'evidence/no-file': { readonly file: string; readonly why: string }
  'evidence/csv-syntax': { readonly file: string; readonly line: number; readonly why: string }
  'evidence/empty-export': { readonly file: string; readonly header: boolean }
  'evidence/not-an-export': {
    readonly file: string
    readonly candidates: readonly { readonly name: string; readonly lacks: readonly string[] }[]
  }
  'evidence/unknown-columns': { readonly file: string; readonly columns: readonly string[] }
  'evidence/unread-cells': { readonly file: string; readonly column: string; readonly values: readonly string[] }
  'evidence/rows-disagree': {
    readonly file: string
    readonly policy: string
    readonly column: string
    readonly values: readonly string[]
  }
  'evidence/undeclared-policies': { readonly file: string; readonly policies: readonly string[] }
  'evidence/other-organization': {
    readonly file: string
    readonly found: readonly string[]
    readonly declared: readonly string[]
    readonly by: 'domains' | 'accounts'
  }
  'evidence/time-needed': { readonly file: string; readonly ci: boolean; readonly modified: string }
  'evidence/bad-time': { readonly value: string }
  'evidence/future-time': { readonly file: string; readonly at: string; readonly now: string }
  'evidence/future-facts': { readonly facts: number; readonly newest: string }
  'evidence/ambiguous-binding': { readonly policy: string; readonly ids: readonly string[] }
  'evidence/unknown-object': { readonly address: string; readonly near?: string; readonly known: readonly string[] }
  'evidence/unknown-field': {
    readonly address: string
    readonly path: string
    readonly near?: string
    readonly known: readonly string[]
  }
  'evidence/api-field': { readonly address: string; readonly path: string }
  'evidence/bad-value': { readonly path: string; readonly value: string; readonly why: string }
  'evidence/bad-setting': { readonly argument: string }
  'evidence/no-author': Readonly<Record<string, never>>
  'evidence/needs-terminal': { readonly command: string; readonly instead: string }
  'evidence/nothing-attested': Readonly<Record<string, never>>
}

export const evidenceWording: WordingOf<EvidenceFacts> = {
  'evidence/no-file': ({ file, why }) => ({ summary: `cannot read \`${file}\`: ${why}` }),
  'evidence/csv-syntax': ({ file, line, why }) => ({
    summary: `\`${file}\` is not a CSV file: line ${line} cannot be read (${why})`,
    hint: 'download the export again; nothing was recorded',
  }),
  'evidence/empty-export': ({ file, header }) => ({
    summary: header ? `\`${file}\` has a header but no row` : `\`${file}\` is empty`,
    hint: 'an empty listing proves nothing: export again, without a filter. Nothing was recorded',
  }),
  'evidence/not-an-export': ({ file, candidates }) => ({
    summary: `\`${file}\` is none of the console’s exports`,
    hint: `${candidates.map(({ name, lacks }) => `${name} lacks the column ${some(lacks, 9)}`).join('; ')}. Nothing was recorded`,
  }),
  'evidence/unknown-columns': ({ file, columns }) => ({
    summary: `\`${file}\` has ${count(columns.length, 'column')} beyond the documented ones: ${some(columns)}`,
    hint: 'columns of apps are expected here; they are not used',
  }),
  'evidence/unread-cells': ({ file, column, values }) => ({
    summary: `\`${file}\`: ${count(values.length, 'value')} under \`${column}\` that Postern does not know: ${some(values)}`,
    hint: 'they prove nothing; attest the setting instead, and please report the value',
  }),
  'evidence/rows-disagree': ({ file, policy, column, values }) => ({
    summary: `\`${file}\`: the members of \`${policy}\` differ under \`${column}\`: ${some(values)}`,
    hint: 'settings belong to the policy, so this proves nothing: was it being changed? Export again',
  }),
  'evidence/undeclared-policies': ({ file, policies }) => ({
    summary: `\`${file}\` shows ${count(policies.length, 'policy', 'policies')} that no document declares: ${some(policies)}`,
    hint: 'what is known of them is kept; declare them with `kind: AuthenticationPolicy` to govern them',
  }),
  'evidence/other-organization': ({ file, found, declared, by }) => ({
    summary:
      by === 'domains'
        ? `\`${file}\` seems to be of another organization: most of its accounts are on no domain of this one`
        : `\`${file}\` seems to be of another organization: this one knows none of its accounts`,
    hint: `${by === 'domains' ? `the file has ${some(found)}, the documents declare ${some(declared)}` : `looked for ${some(found)}`}. Nothing was recorded`,
  }),
  'evidence/time-needed': ({ file, ci, modified }) => ({
    summary: `when was \`${file}\` exported? ${ci ? 'In CI' : 'Without a terminal'} its time must be given`,
    hint: `add \`--exported-at TIME\`; the file itself was last changed at ${modified}`,
  }),
  'evidence/bad-time': ({ value }) => ({
    summary: `\`${value}\` is not a time`,
    hint: 'write it like 2026-11-24T09:30:00Z',
  }),
  'evidence/future-time': ({ file, at, now }) => ({
    summary: `\`${file}\` cannot have been exported at ${at}: it is ${now} now`,
    hint: 'give the time at which the console made the export. Nothing was recorded',
  }),
  'evidence/future-facts': ({ facts, newest }) => ({
    summary: `${count(facts, 'recorded fact')} ${facts === 1 ? 'is' : 'are'} from the future (${newest}): not used`,
    hint: 'is the clock of this machine right? Otherwise attest again',
  }),
  'evidence/ambiguous-binding': ({ policy, ids }) => ({
    summary: `the name \`${policy}\` could stand for ${ids.length} policies of the organization: ${some(ids)}`,
    hint: 'write the right one into the document as `id:`; the console shows it in the address of the policy’s page',
  }),
  'evidence/unknown-object': ({ address, near: suggestion, known }) => ({
    summary: `no document is called \`${address}\``,
    hint: suggestion === undefined ? `there are ${some(known, 9)}` : `did you mean \`${suggestion}\`?`,
  }),
  'evidence/unknown-field': ({ address, path, near: suggestion, known }) => ({
    summary: `\`${address}\` has no setting \`${path}\``,
    ...(suggestion === undefined ? { hint: `its settings in the console are ${some(known, 20)}` } : near(suggestion)),
  }),
  'evidence/api-field': ({ address, path }) => ({
    summary: `\`${path}\` of \`${address}\` is read through the API: there is nothing to attest`,
  }),
  'evidence/bad-value': ({ why }) => ({
    summary: why,
    hint: 'state what the console shows, in the words of the documents. Nothing was recorded',
  }),
  'evidence/bad-setting': ({ argument }) => ({
    summary: `\`--set ${argument}\` is not PATH=VALUE`,
    hint: 'for example `--set settings.apiTokens=block`',
  }),
  'evidence/no-author': () => ({ summary: 'who attests? No name is known', hint: 'add `--by NAME`' }),
  'evidence/needs-terminal': ({ command, instead }) => ({
    summary: `\`${command}\` asks questions, and there is no terminal to answer them`,
    hint: instead,
  }),
  'evidence/nothing-attested': () => ({ summary: 'nothing was stated, so nothing was recorded' }),
}

export const evidenceSeverities = {
  'evidence/unknown-columns': 'note',
  'evidence/unread-cells': 'warning',
  'evidence/rows-disagree': 'warning',
  'evidence/undeclared-policies': 'note',
  'evidence/future-facts': 'warning',
} satisfies { readonly [C in keyof EvidenceFacts]?: Severity }
