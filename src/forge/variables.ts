import type { ForgeFacts } from '../diagnostics/forge-codes.ts'

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A variable that the CI system sets in every job is not there. */
export class MissingVariable extends Error {
  override readonly name = 'MissingVariable'
  readonly facts: ForgeFacts['forge/no-variable']

  constructor(facts: ForgeFacts['forge/no-variable']) {
    super(facts.variable)
    this.facts = facts
  }
}

/** Reads variables that a CI system sets in every job. */
export const variablesOf =
  (env: Environment, forge: string) =>
  (variable: string): string =>
    given(env, variable) ?? missing({ forge, variable })

/** A variable; undefined where it is empty too. */
export function given(env: Environment, variable: string): string | undefined {
  const value = env[variable]
  return value === '' ? undefined : value
}

function missing(facts: ForgeFacts['forge/no-variable']): never {
  throw new MissingVariable(facts)
}

/** A path in an address: each segment may hold anything. */
export const encodedPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

/** A commit; undefined for the one of zeros that stands for none. */
export const commitOf = (sha: string | undefined): string | undefined =>
  sha === undefined || /^0+$/.test(sha) ? undefined : sha
