import { compareText } from '../model/address.ts'
import { driftClasses, type DriftDifference } from '../model/drift.ts'

/** The most urgent first, then by object, path and account. */
export const sortDifferences = (differences: readonly DriftDifference[]): readonly DriftDifference[] =>
  [...differences].sort(
    (a, b) =>
      driftClasses.indexOf(a.class) - driftClasses.indexOf(b.class) ||
      compareText(a.kind, b.kind) ||
      compareText(a.name, b.name) ||
      compareText(a.path, b.path) ||
      compareText(a.account?.email ?? '', b.account?.email ?? ''),
  )
