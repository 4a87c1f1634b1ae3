import { fieldState, type Validity } from '../evidence/field-state.ts'
import { kindNamed, type KindName } from '../kinds/index.ts'
import type { Fact, LiveField } from '../model/evidence.ts'

/** The fields of a kind that only the console shows, besides the name. */
export const consolePaths = (kind: KindName): readonly string[] =>
  Object.entries(kindNamed(kind).fields).flatMap(([path, { channel }]) =>
    channel === 'console' && path !== 'name' ? [path] : [],
  )

/** What facts tell of the console fields of a kind, and only of those. */
export const fieldsOf = (
  kind: KindName,
  facts: readonly Fact[],
  validity: Validity,
): Readonly<Record<string, LiveField>> =>
  Object.fromEntries(
    consolePaths(kind).flatMap(path => {
      const own = facts.filter(fact => fact.path === path)
      return own.length === 0 ? [] : [[path, fieldState(own, validity)]]
    }),
  )
