import type { Severity } from '../model/diagnostic-document.ts'
import type { WordingOf } from './wording.ts'

/** Problems of import: which organization it is, and what of it documents cannot say. */
export interface ImportFacts {
  'import/which-organization': {
    readonly organizations: readonly { readonly id: string; readonly name: string }[]
    readonly given?: string
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
}

export const importSeverities = {} satisfies { readonly [C in keyof ImportFacts]?: Severity }
