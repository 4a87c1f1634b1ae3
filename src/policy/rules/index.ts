import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Address } from '../../model/address.ts'
import { breakGlass } from './break-glass.ts'
import { claims } from './claims.ts'
import { defaults } from './defaults.ts'
import { durations } from './durations.ts'
import { exceptions } from './exceptions.ts'
import { externalUsers } from './external-users.ts'
import { ownership } from './ownership.ts'
import { ranges } from './ranges.ts'
import { references } from './references.ts'
import type { Folder } from './rule.ts'
import { singleSignOn } from './single-sign-on.ts'

/** Everything the documents refuse beyond their schemas. `names` are all documents, broken ones too. */
export const checkRules = (folder: Folder, names: readonly Address[]): readonly Diagnostic[] =>
  [
    references(names),
    ownership,
    singleSignOn,
    externalUsers,
    defaults,
    breakGlass,
    claims,
    ranges,
    durations,
    exceptions,
  ].flatMap(rule => rule(folder))
