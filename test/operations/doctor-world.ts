import { expect } from 'vitest'
import { outcome } from '../../src/diagnostics/outcome.ts'
import type { DoctorCheck, DoctorReport } from '../../src/model/doctor-report.ts'
import { doctor, type DoctorOptions } from '../../src/operations/doctor.ts'
import { policiesFolder, policyFolder, scenarioNamed, writesOf, type Started } from './start.ts'

const acme = scenarioNamed('acme')

const options = (started: Started, changes: Partial<DoctorOptions> = {}): DoctorOptions => ({
  folder: { shown: 'policies', path: policiesFolder },
  connection: outcome(started.connection, []),
  ledger: outcome(started.ledger, []),
  now: started.now,
  node: '20.19.1',
  secrets: { env: {} },
  commands: [],
  ...changes,
})

/** What doctor finds of acme and its policies; nothing is written by that. */
export const look = async (started: Started, changes: Partial<DoctorOptions> = {}): Promise<DoctorReport> => {
  const report = await doctor(options(started, changes))
  expect(writesOf(started.simulator)).toEqual([])
  return report
}

export const find = ({ checks }: DoctorReport, name: string): DoctorCheck =>
  checks.find(({ check }) => check === name) ?? {
    check: name,
    status: 'not-checked',
    summary: 'there is no such check',
  }

export const folderOf = async (text: string) => ({ shown: 'policies', path: await policyFolder({ 'a.yaml': text }) })

export const organization = (rest = ''): string =>
  `kind: Organization\nname: acme\nid: ${acme.organization.id}\ndomains: [acme.com]\n${rest}`
