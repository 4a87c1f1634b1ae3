import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { GivenExports, ImportOptions } from '../../src/operations/import.ts'
import { exportFile } from './console.ts'
import { imported, newFolder } from './importing.ts'
import { start, valueOf, type Started } from './start.ts'

/** The members export of this moment. */
export async function membersNow(started: Started): Promise<GivenExports> {
  const path = await exportFile(started, 'members.csv')
  const exportedAt = started.now().toISOString()
  return { files: [{ shown: 'members.csv', path }], exportedAt, confirmTime: undefined, ci: true }
}

/** An organization that was imported with its members export. */
export async function adopted(): Promise<{ readonly started: Started; readonly folder: string }> {
  const started = await start()
  const folder = await newFolder()
  await imported(started, folder, { exports: await membersNow(started) })
  started.clock.time += 3_600_000
  return { started, folder }
}

export const staff = 'authentication/staff-behind-okta.yaml'
export const local = 'authentication/local-accounts.yaml'
export const contractors = 'authentication/contractors-and-break-glass.yaml'
export const allowlist = 'ip-allowlists/office-and-vpn.yaml'

export const textOf = (folder: string, file: string): Promise<string> => readFile(join(folder, file), 'utf8')

export async function change(folder: string, file: string, from: string | RegExp, to: string): Promise<void> {
  const before = await textOf(folder, file)
  const after = before.replace(from, to)
  expect(after, `${file} holds no ${String(from)}`).not.toBe(before)
  await writeFile(join(folder, file), after)
}

/** The lines that a further import takes out and puts in, by file. */
export async function changesOf(started: Started, folder: string, changes: Partial<ImportOptions> = {}) {
  const plan = await imported(started, folder, changes)
  const lines = plan.report.files.flatMap(({ file, diff }) =>
    diff
      .split('\n')
      .filter(line => /^[-+](?![-+]{2} )/.test(line))
      .map(line => `${file}: ${line}`),
  )
  return { lines, codes: plan.report.diagnostics.map(({ code }) => code), report: plan.report }
}

export const stepsOf = async (started: Started, folder: string) =>
  valueOf(await started.plan(folder)).steps.map(({ id }) => id)

export function policyNamed({ simulator }: Started, name: string) {
  const policy = simulator.state.authenticationPolicies.find(other => other.name === name)
  if (policy === undefined) throw new Error(`no policy ${name}`)
  return policy
}

export const move = ({ simulator }: Started, email: string, policy: string) =>
  simulator.fetch(
    `/console/o/${simulator.organizationId}/authentication-policies/${policyNamed({ simulator } as Started, policy).id}/members`,
    { method: 'POST', body: new URLSearchParams({ emails: email }) },
  )

/** A directory that came, with a policy that somebody was moved into. */
export async function inSecondDirectory(started: Started): Promise<void> {
  const { state } = started.simulator
  state.directories.push({ id: 'new-directory', name: 'Second', identityProvider: 'entra' })
  state.authenticationPolicies.push({
    ...policyNamed(started, 'Local accounts'),
    id: '00000009-0000-4000-8000-000000000000',
    name: 'Second default',
    directoryId: 'new-directory',
    default: true,
  })
  await move(started, 'root@acme.com', 'Second default')
}

export const listOf = ({ simulator }: Started) => {
  const [list] = simulator.state.controlPolicies.filter(({ name }) => name === 'Office and VPN')
  if (list === undefined) throw new Error('no allowlist')
  return list
}
