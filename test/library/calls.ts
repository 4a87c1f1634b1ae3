import { join } from 'node:path'
import type { Clock, LiveOptions, Outcome, SavedPlan } from '../../src/index.ts'
import { plan } from '../../src/index.ts'
import { policiesFolder, start, temporaryFolder, type Started } from '../operations/start.ts'

/** What every call of the library takes, for the simulated organization that `policies/` governs. */
export interface Calling extends Required<Pick<LiveOptions, 'folder' | 'connection' | 'ledger'>> {
  readonly clock: Clock
}

/** A simulated organization, and how the library reaches it without a socket. */
export async function calling(): Promise<{ readonly started: Started; readonly options: Calling }> {
  const started = await start()
  const { simulator, clock, connection } = started
  return {
    started,
    options: {
      folder: policiesFolder,
      connection: { apiKey: simulator.apiKey, fetch: request => simulator.fetch(request) },
      ledger: join(await temporaryFolder(), 'ledger'),
      clock: { now: clock.now, sleep: connection.sleep },
    },
  }
}

/** The value of an outcome that has one; fails the test with its codes otherwise. */
export function valueIn<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`no value: ${JSON.stringify(outcome.diagnostics, null, 1)}`)
  return outcome.value
}

export const codesIn = ({ diagnostics }: Outcome<unknown>): readonly string[] => diagnostics.map(({ code }) => code)

export const planned = async (options: Calling): Promise<SavedPlan> => valueIn(await plan(options))
