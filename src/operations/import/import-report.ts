import type { Sighting } from '../../adoption/sighting.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Places } from '../../diagnostics/to-document.ts'
import { compareText } from '../../model/address.ts'
import type { ImportedFile, ImportReport } from '../../model/import-report.ts'
import { unifiedDiff } from '../../policy/edit-documents.ts'
import type { TakenExport } from '../take-exports.ts'
import type { Made } from './made.ts'

/** What a report tells of. */
export interface Reported {
  readonly folder: string
  readonly made: Made
  readonly sighting: Sighting
  readonly taken: readonly TakenExport[]
  /** The texts before, by their path in the folder. */
  readonly before: ReadonlyMap<string, string>
  readonly places: Places
  readonly diagnostics: readonly Diagnostic[]
}

/** What an import would do, as a document. */
export function importReport({ folder, made, sighting, taken, before, places, diagnostics }: Reported): ImportReport {
  return {
    formatVersion: '1.0',
    organization: made.organization,
    folder,
    written: false,
    found: {
      accounts: sighting.accounts.filter(({ active }) => active).length,
      domains: sighting.domains.length,
      directories: sighting.directories.length,
      authenticationPolicies: sighting.policies.length,
      ipAllowlists: sighting.allowlists.length,
    },
    files: [...made.texts]
      .sort(([a], [b]) => compareText(a, b))
      .map(([file, text]): ImportedFile => {
        const old = before.get(file)
        const change = old === undefined ? 'created' : 'changed'
        return { file, change, diff: unifiedDiff(old ?? '', text, file) }
      }),
    unobserved: made.unobserved.map(({ address, path, by }) => ({ ...address, path, by })),
    leftOut: made.leftOut.map(({ address, path, why }) => ({ ...address, ...(path !== undefined && { path }), why })),
    facts: taken.reduce((sum, { facts }) => sum + facts.length, 0),
    diagnostics: diagnostics.map(found => places.document(found)),
  }
}
