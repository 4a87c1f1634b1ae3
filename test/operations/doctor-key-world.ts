import { expect } from 'vitest'
import type { DoctorCheck } from '../../src/model/doctor-report.ts'
import { scopesOf, type ConnectedCommand } from '../../src/operations/command-operations.ts'
import { checkKey, type KeyOptions } from '../../src/operations/doctor/check-key.ts'
import type { Scenario } from '../../src/simulator/index.ts'
import { scenarioNamed, start, writesOf, type StartOptions } from './start.ts'

const acme = scenarioNamed('acme')

/** Every scope that a command needs or is better with. */
export const allScopes: readonly string[] = [
  ...new Set(
    (['import', 'coverage', 'drift', 'apply'] satisfies readonly ConnectedCommand[]).flatMap(command => {
      const { needed, useful } = scopesOf(command)
      return [...needed, ...useful]
    }),
  ),
]

/** The scenario `acme` with a second key. */
export const withKey = (scopes: readonly string[] | undefined, rest: Partial<Scenario> = {}): Scenario => ({
  ...acme,
  apiKeys: [{ label: 'main' }, { key: 'the-key', label: 'postern', expiresAt: '200d', ...(scopes && { scopes }) }],
  ...rest,
})

/** What is found of a key of acme: one without scopes, if the options do not bring another. */
export async function found(
  options: StartOptions = {},
  changes: Partial<KeyOptions> = {},
  headers: Record<string, string> = {},
) {
  const started = await start({ key: 'the-key', scenario: withKey(undefined), ...options })
  const { connection, now, simulator } = started
  const transport = connection.transport
  const dated = async (request: Parameters<NonNullable<typeof transport>>[0]) => {
    const response = await transport?.(request)
    if (response === undefined) throw new Error('no transport')
    return { ...response, headers: { ...response.headers, ...headers } }
  }
  const report = await checkKey(
    { ...connection, transport: dated },
    { now, organization: acme.organization.id, ...changes },
  )
  expect(writesOf(simulator)).toEqual([])
  return { ...report, simulator }
}

export const statusOf = (checks: readonly DoctorCheck[], name: string) =>
  checks.find(({ check }) => check === name)?.status

export const wordsOf = (checks: readonly DoctorCheck[], name: string): string => {
  const { summary = '', fix = '' } = checks.find(({ check }) => check === name) ?? {}
  return `${summary} | ${fix}`
}
