import type { Scenario } from '../scenario.ts'
import { acme } from './acme.ts'
import { withoutGuard } from './without-guard.ts'

/** The scenarios that a simulator knows by name. */
export const builtInScenarios: ReadonlyMap<string, Scenario> = new Map([
  ['acme', acme],
  ['without-guard', withoutGuard],
])

/** The scenario of this name. Throws an Error that lists the names there are. */
export function scenarioNamed(name: string): Scenario {
  const found = builtInScenarios.get(name)
  if (found === undefined)
    throw new Error(`no scenario is called ${name}; there are ${[...builtInScenarios.keys()].join(', ')}`)
  return found
}
