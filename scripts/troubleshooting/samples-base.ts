import type { BaseFacts } from '../../src/diagnostics/base-codes.ts'

/** Facts that show how the messages of `--base` read. */
export const baseSamples: BaseFacts = {
  'base/no-git': {},
  'base/no-repository': { folder: 'policies', why: 'not a git repository (or any of the parent directories): .git' },
  'base/unknown-ref': { ref: 'origin/main' },
  'base/unreadable': { ref: 'origin/main', why: 'unable to read tree' },
  'base/no-common-commit': { ref: 'origin/main' },
  'base/no-documents': { ref: 'origin/main' },
  'base/no-plan': {
    ref: 'origin/main',
    problems: ['policy/unknown-field at authentication/staff.yaml:7: unknown field `membres`'],
  },
  'base/other-organization': { ref: 'origin/main' },
  'base/submodules': { ref: 'origin/main', paths: ['shared'] },
  'base/same-errors': { ref: 'origin/main', same: 1, all: 2 },
}
