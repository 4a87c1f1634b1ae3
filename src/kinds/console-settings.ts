import type { FieldChange, UnprovenField } from '../model/change.ts'
import { compareText } from '../model/address.ts'
import type { ConsoleSetting } from '../model/plan.ts'
import { wordFor, type Fields } from './field.ts'
import { shellWord } from '../model/shell-word.ts'

/** The settings of a console step, in the order in which the kind lists its fields. */
export function consoleSettings(
  fields: Fields,
  changes: readonly (FieldChange | UnprovenField)[],
): readonly ConsoleSetting[] {
  const order = Object.keys(fields)
  return [...changes]
    .sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path) || compareText(a.path, b.path))
    .map(({ path, before, after }) => ({
      path,
      label: fields[path]?.label ?? path,
      ...(before !== undefined && { from: before === null ? 'new' : wordFor(fields[path], before) }),
      to: wordFor(fields[path], after),
    }))
}

/** The commands that bring evidence for these fields: an export for what it holds, an attestation for the rest. */
export function verification(fields: Fields, address: string, paths: readonly string[]): readonly string[] {
  const exported = paths.filter(path => fields[path]?.export !== undefined)
  return [
    ...(exported.length > 0 ? ['postern observe members.csv'] : []),
    ...(exported.length < paths.length ? [`postern attest ${shellWord(address)}`] : []),
  ]
}
