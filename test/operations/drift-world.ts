import { expect } from 'vitest'
import { drift, type DriftOptions } from '../../src/operations/drift.ts'
import type { DriftDifference, DriftReport } from '../../src/model/drift.ts'
import { attestUnverified, carryOutConsoleSteps } from './console.ts'
import { policiesFolder, start, valueOf, type Started, type StartOptions } from './start.ts'

export const minutes = 60_000

/** The organization of the sample as it is when everything was applied, done and attested; ten minutes later. */
export async function settled(options: StartOptions = {}): Promise<Started> {
  const started = await start(options)
  const plan = valueOf(await started.plan(policiesFolder))
  valueOf(await started.apply(plan))
  await carryOutConsoleSteps(started, plan)
  await attestUnverified(started, policiesFolder, plan)
  started.clock.time += 11 * minutes
  return started
}

export async function check(started: Started, changes: Partial<DriftOptions> = {}): Promise<DriftReport> {
  const { connection, ledger } = started
  return valueOf((await drift({ folder: policiesFolder, connection, ledger, now: started.now(), ...changes })).outcome)
}

export const told = ({ class: which, kind, name, path, account, actor }: DriftDifference) =>
  [which, `${kind}/${name}`, path, account?.email, actor?.email].filter(part => part !== undefined)

export const moveInConsole = async ({ simulator }: Started, policy: string, email: string): Promise<void> => {
  const id = simulator.state.authenticationPolicies.find(({ name }) => name === policy)?.id
  const path = `/console/o/${simulator.organizationId}/authentication-policies/${id}/members`
  const body = new URLSearchParams({ emails: email })
  const response = await simulator.fetch(path, { method: 'POST', body })
  expect(response.status).toBe(303)
}
