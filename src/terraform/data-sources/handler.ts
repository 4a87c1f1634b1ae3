import type { Value, ValueObject } from '../../blocks/value.ts'
import type { Configured } from '../configured.ts'
import type { Problem, Problems } from '../contract.ts'

/** What came of reading a data source. */
export type DataRead = Problems & { readonly state: Value }

/** What the provider does for the data sources of one type. */
export interface DataSourceHandler {
  /** Looks at a configuration by itself. */
  validate(config: ValueObject): readonly Problem[]
  read(config: ValueObject, configured: Configured): Promise<DataRead>
}

/** A data source of which nothing can be told. */
export const unread = (problems: readonly Problem[]): DataRead => ({ problems, state: null })

/** The texts of a configuration by name; what is null is left out. */
export const given = <Name extends string>(
  config: ValueObject,
  ...names: readonly Name[]
): Partial<Record<Name, string>> =>
  Object.fromEntries(
    names.flatMap(name => {
      const value = config[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  ) as Partial<Record<Name, string>>
