import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { breakGlass } from './break-glass.ts'
import { claims } from './claims.ts'
import { defaults } from './defaults.ts'
import { duplicates } from './duplicates.ts'
import { durations } from './durations.ts'
import { exceptions } from './exceptions.ts'
import { externalUsers } from './external-users.ts'
import { freezes } from './freezes.ts'
import { ids } from './ids.ts'
import { ownership } from './ownership.ts'
import { ranges } from './ranges.ts'
import { references } from './references.ts'
import type { Folder } from './rule.ts'
import { singleSignOn } from './single-sign-on.ts'
import { unusedLists } from './unused-lists.ts'

/** What the documents refuse of each other's names, as they are written. */
export const checkNames = (folder: Folder): readonly Diagnostic[] =>
  [duplicates, references, unusedLists].flatMap(rule => rule(folder))

/** Everything else that they refuse beyond their schemas, once the accounts of lists stand where the lists are named. */
export const checkRules = (folder: Folder): readonly Diagnostic[] =>
  [
    ownership,
    singleSignOn,
    externalUsers,
    defaults,
    breakGlass,
    claims,
    ids,
    ranges,
    durations,
    exceptions,
    freezes,
  ].flatMap(rule => rule(folder))
