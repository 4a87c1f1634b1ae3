import type { DocumentFacts } from '../../src/diagnostics/document-codes.ts'
import type { ImportFacts } from '../../src/diagnostics/import-codes.ts'
import type { InitFacts } from '../../src/diagnostics/init-codes.ts'
import type { RuleFacts } from '../../src/diagnostics/rule-codes.ts'
import { acme, other } from './sample-names.ts'

/** Facts of the few refusals that no text of a case can show; the cases in `test/cases/refusals` show the others. */
export const documentSamples: Pick<
  DocumentFacts & RuleFacts,
  | 'policy/not-a-folder'
  | 'policy/symlink-loop'
  | 'policy/symlink-outside'
  | 'policy/too-large'
  | 'policy/too-many-listed'
  | 'policy/too-many-tokens'
  | 'policy/unreadable-file'
> = {
  'policy/not-a-folder': { folder: 'polices', why: 'it is not there' },
  'policy/symlink-loop': {},
  'policy/symlink-outside': {},
  'policy/too-large': { bytes: 52_428_800, limit: 4_194_304 },
  'policy/too-many-listed': { list: 'Contractors', limit: 1_000_000 },
  'policy/too-many-tokens': { limit: 650_000 },
  'policy/unreadable-file': { why: 'permission denied' },
}

/** Facts that show how the messages of init read. */
export const initSamples: InitFacts = {
  'init/folder-taken': { folder: 'policies' },
  'init/odd-folder': { folder: '../policies' },
  'init/key': {},
  'init/stopped': {},
  'init/kept': { file: '.github/workflows/postern.yml' },
}

/** Facts that show how the messages of import read. */
export const importSamples: ImportFacts = {
  'import/which-organization': {
    organizations: [
      { id: acme, name: 'Acme' },
      { id: other, name: 'Other' },
    ],
  },
  'import/other-organization': { folder: 'policies', documents: acme, given: other },
  'import/folder-not-ours': { folder: 'policies' },
  'import/not-valid': {},
  'import/left-alone': { settings: ['AuthenticationPolicy/Staff: settings.idleSession'] },
  'import/not-edited': { what: '`ranges` of IpAllowlist/Office', why: 'it is behind an anchor' },
  'import/gone': { kind: 'IpAllowlist', name: 'Office' },
  'import/would-move': { accounts: ['jo@acme.com'] },
  'import/stopped': {},
  'import/not-put-back': { files: ['policies/organization.yaml'] },
  'import/not-recorded': { exports: 1 },
  'import/part-unreadable': { part: 'groups', why: 'could not search groups: POST … answered 403' },
}
