import type { DiagnosticDocument } from '../../src/model/diagnostic-document.ts'
import { hostileTexts } from './hostile-text.ts'

/** Texts of files that the diagnostics here point into. */
export const texts: ReadonlyMap<string, string> = new Map([
  [
    'organization.yaml',
    'kind: Organization\nname: acme\nid: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf\nbreakGlass: [root@acme.com]\n',
  ],
  [
    'team/staff.yaml',
    'kind: AuthenticationPolicy\nname: Staff\ndirectory: Acme staff\nsettings:\n  singleSignOn: enforced\n  apiTokns: block\nmembers:\n  domains: [acme.com]\n',
  ],
])

/** One of each sort: with and without a place, a hint, related places; an error, a warning, a note. */
export const sorts: readonly DiagnosticDocument[] = [
  {
    code: 'policy/not-a-folder',
    severity: 'error',
    summary: 'cannot read the policy folder `other`: it is not there',
  },
  {
    code: 'policy/unknown-field',
    severity: 'error',
    summary: 'unknown field `apiTokns`',
    hint: 'did you mean `apiTokens`?',
    file: 'team/staff.yaml',
    line: 6,
    column: 3,
    endLine: 6,
    endColumn: 11,
  },
  {
    code: 'policy/break-glass-under-sso',
    severity: 'error',
    summary: 'the break-glass account `root@acme.com` would be held by `Staff`, which enforces single sign-on',
    hint: 'when the identity provider is down nobody could sign in: list the account under `accounts` of a policy without single sign-on, and under `except` here',
    file: 'team/staff.yaml',
    line: 8,
    column: 13,
    endLine: 8,
    endColumn: 21,
    related: [{ file: 'organization.yaml', line: 4, column: 14, summary: 'declared as a break-glass account here' }],
  },
  {
    code: 'policy/break-glass-mailbox',
    severity: 'warning',
    summary: 'its mailbox is not declared independent',
    file: 'organization.yaml',
    line: 4,
    column: 14,
    endLine: 4,
    endColumn: 27,
  },
  {
    code: 'policy/no-default',
    severity: 'note',
    summary: 'no policy is declared as the default',
    hint: 'the console shows which one it is',
    file: 'team/staff.yaml',
    line: 3,
    column: 1,
    endLine: 3,
    endColumn: 10,
  },
]

/** Diagnostics whose every word and file somebody else has chosen. */
export const hostile: readonly DiagnosticDocument[] = hostileTexts.map((text, index) => ({
  code: 'policy/unknown-field',
  severity: 'error',
  summary: `unknown field \`${text}\``,
  hint: `did you mean \`${text}\`?`,
  file: `${index} ${text}.yaml`,
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  related: [{ file: `${text}.yaml`, line: 1, column: 1, summary: text }],
}))

/** The texts of those files, as hostile as their names. */
export const hostileFiles: ReadonlyMap<string, string> = new Map(
  hostile.map(({ file = '' }, index) => [file, hostileTexts[index] ?? '']),
)
