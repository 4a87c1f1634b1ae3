import { isRunName, type RecordKind } from './contract.ts'

/** Where the records of a kind are in a ledger, and how their names end. */
export const recordPlaces: Readonly<Record<RecordKind, { readonly folder: string; readonly ending: string }>> = {
  run: { folder: 'runs', ending: '.json' },
  'recovery-card': { folder: 'recovery', ending: '.md' },
}

/** The runs whose records of a kind have these names, sorted. Whatever else lies there is none. */
export const runsAmong = (kind: RecordKind, names: readonly string[]): readonly string[] => {
  const { ending } = recordPlaces[kind]
  return names
    .filter(name => name.endsWith(ending))
    .map(name => name.slice(0, -ending.length))
    .filter(isRunName)
    .sort()
}
