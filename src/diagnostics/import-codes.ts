import type { Severity } from '../model/diagnostic-document.ts'
import { count, some, type WordingOf } from './wording.ts'

/** Problems of import: which organization it is, and what of it documents cannot say. */
export interface ImportFacts {
  'import/which-organization': {
    readonly organizations: readonly { readonly id: string; readonly name: string }[]
    readonly given?: string
  }
  'import/other-organization': { readonly folder: string; readonly documents: string; readonly given: string }
  'import/folder-not-ours': { readonly folder: string }
  'import/not-valid': Readonly<Record<string, never>>
  'import/left-alone': { readonly settings: readonly string[] }
  'import/not-edited': { readonly what: string; readonly why: string }
  'import/gone': { readonly kind: string; readonly name: string }
  'import/would-move': { readonly accounts: readonly string[] }
  'import/stopped': Readonly<Record<string, never>>
  'import/not-put-back': { readonly files: readonly string[] }
  'import/not-recorded': { readonly exports: number }
  'import/part-unreadable': {
    readonly part: 'directories' | 'groups' | 'ip-allowlists'
    readonly why: string
  }
}

export const importWording: WordingOf<ImportFacts> = {
  'import/which-organization': ({ organizations, given }) => ({
    summary:
      given === undefined
        ? `the key sees ${organizations.length} organizations, and nothing says which one is meant`
        : `the key does not see the organization ${given}`,
    hint: `name one with --organization: ${organizations.map(({ id, name }) => `${id} (${name})`).join(', ')}`,
  }),
  'import/other-organization': ({ folder, documents, given }) => ({
    summary: `the documents in \`${folder}\` are about the organization ${documents}, not ${given}`,
    hint: 'name another folder: one folder is one organization. Nothing was written',
  }),
  'import/folder-not-ours': ({ folder }) => ({
    summary: `\`${folder}\` holds YAML that is not a valid policy folder, so import does not know what to bring up to date`,
    hint: 'mend what is wrong (`postern validate` shows it), or name another folder: a new one is filled with all there is. Nothing was written',
  }),
  'import/not-valid': () => ({
    summary: 'what the organization has cannot be written down so that the documents are valid',
    hint: 'the errors above say what contradicts: settle it in the documents or in the console, then import again. Nothing was written',
  }),
  'import/left-alone': ({ settings }) => ({
    summary: `${count(settings.length, 'setting')} that evidence shows ${settings.length === 1 ? 'is' : 'are'} in no document, and ${settings.length === 1 ? 'stays' : 'stay'} unmanaged: ${some(settings, 9)}`,
    hint: '`--complete` adds them',
  }),
  'import/not-edited': ({ what, why }) => ({
    summary: `not taken over: ${what}: ${why}`,
    hint: 'change it by hand',
  }),
  'import/gone': ({ kind, name }) => ({
    summary: `the organization has no ${kind} \`${name}\`: a plan would make it`,
    hint: 'remove the document if it was deleted on purpose: import deletes none',
  }),
  'import/would-move': ({ accounts }) => ({
    summary: `the documents put ${count(accounts.length, 'account')} elsewhere than where ${accounts.length === 1 ? 'it is' : 'they are'}, and import cannot change that: ${some(accounts)}`,
    hint: 'look at what `postern plan` would move, and change the selectors by hand',
  }),
  'import/stopped': () => ({ summary: 'stopped: nothing was written', hint: 'run it again' }),
  'import/not-put-back': ({ files }) => ({
    summary: `writing failed in the middle, and so did putting back what was there: ${some(files)}`,
    hint: 'put these back by hand, or with git',
  }),
  'import/not-recorded': ({ exports }) => ({
    summary: `the files are written, but ${count(exports, 'export')} could not be recorded as evidence`,
    hint: `mend the ledger, then take ${exports === 1 ? 'it' : 'them'} in with \`postern observe\``,
  }),
  'import/part-unreadable': ({ part, why }) => ({
    summary: `the ${parts[part].words} could not be read, so ${parts[part].effect}: ${why}`,
    hint: parts[part].hint,
  }),
}

const parts = {
  directories: {
    words: 'directories',
    effect: 'every policy is written as one of `local`',
    hint: 'give the key the scope read:directories:admin and import again, or set `directory` by hand',
  },
  groups: {
    words: 'groups',
    effect: 'members are selected without them',
    hint: 'give the key the scope read:groups:admin and import again for shorter documents',
  },
  'ip-allowlists': {
    words: 'IP allowlists',
    effect: 'there are no documents of them',
    hint: 'give the key the scope read:policies:admin and import again; nothing is to be done where the organization has none',
  },
} as const

export const importSeverities = {
  'import/left-alone': 'note',
  'import/not-edited': 'warning',
  'import/gone': 'warning',
  'import/would-move': 'warning',
  'import/part-unreadable': 'warning',
} satisfies { readonly [C in keyof ImportFacts]?: Severity }
