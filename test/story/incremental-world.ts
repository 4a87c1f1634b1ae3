import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { DriftReport } from '../../src/model/drift.ts'
import type { AuditActionId } from '../../src/simulator/audit-actions.ts'
import { policiesFolder, startAt, valueOf, type Started, type StartOptions } from '../operations/start.ts'
import { commandLine, type Ran } from './command-line.ts'

export const minutes = 60_000

/** An organization whose documents were applied a quarter of an hour ago, with an admin at the command line. */
export interface Incremental {
  readonly started: Started
  readonly cwd: string
  readonly postern: (...argv: string[]) => Promise<Ran>
  /** What `postern drift` reports, and what it asked of the organization. */
  readonly check: (...flags: string[]) => Promise<Checked>
  /** What a check that reads everything would report now. The ledger stays as it is. */
  readonly fullCheck: () => Promise<Checked>
}

export type Checked = DriftReport & { readonly asked: readonly string[]; readonly code: number }

/** What two checks have to agree on, however much they read. */
export const foundBy = ({ differences, coverage, life, domains, code }: Checked) => ({
  differences,
  coverage,
  life,
  domains,
  code,
})

export async function incremental(options: StartOptions = {}): Promise<Incremental> {
  const cwd = await mkdtemp(join(tmpdir(), 'postern-incremental-'))
  onTestFinished(() => rm(cwd, { recursive: true, force: true }))
  await cp(policiesFolder, join(cwd, 'policies'), { recursive: true })
  const started = await startAt(cwd, { rateLimits: 'off', ...options })
  valueOf(await started.apply(valueOf(await started.plan(join(cwd, 'policies')))))
  started.clock.time += 15 * minutes
  const postern = (...argv: string[]) => commandLine(cwd, started, argv)
  const check = async (...flags: string[]): Promise<Checked> => {
    const { requests } = started.simulator
    const before = requests.length
    const line = ['drift', 'policies', '--format', 'json', '--last-active', '0', ...flags]
    const { code, out, err } = await postern(...line)
    if (!out.includes('checkedAt')) throw new Error(err)
    const asked = requests.slice(before).map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)
    return { ...(JSON.parse(out) as DriftReport), asked, code }
  }
  return {
    started,
    cwd,
    postern,
    check,
    fullCheck: async () => {
      const copy = await mkdtemp(join(cwd, 'copy-'))
      await cp(join(cwd, '.postern'), copy, { recursive: true })
      return check('--full', '--ledger', copy)
    },
  }
}

/** Somebody fills in a form of the console. */
export async function inConsole(
  { simulator }: Started,
  page: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const body = new URLSearchParams(values)
  const response = await simulator.fetch(`/console/o/${simulator.organizationId}/${page}`, { method: 'POST', body })
  if (response.status !== 303) throw new Error(`the console refused ${page}`)
}

/** Somebody changes an account by the API. */
export async function byApi({ simulator }: Started, method: string, path: string, body?: object): Promise<void> {
  const headers = { authorization: `Bearer ${simulator.apiKey}`, 'content-type': 'application/json' }
  const response = await simulator.fetch(path.replace('ORG', simulator.organizationId), {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
}

export function accountOf({ simulator: { state } }: Started, email: string) {
  const account = state.accounts.list.find(one => one.email === email)
  if (account === undefined) throw new Error(`no account ${email}`)
  return account
}

/** An event as the organization itself would leave it. */
export function leave(
  { simulator: { state }, clock }: Started,
  action: AuditActionId | 'somebody_did_something',
  accountIds: readonly string[],
): void {
  state.sequence += 1
  state.events.push({
    id: `event-${state.sequence}`,
    time: clock.time,
    action,
    actor: { id: 'root', name: 'Root', email: 'root@acme.com' },
    context: accountIds.map(id => ({ id, type: 'users' })),
  })
}

/** How many requests of a report asked for accounts, their policies or groups. */
export const skippable = (asked: readonly string[]): number =>
  asked.filter(path => /users\/search|bulk-fetch|groups\/search/.test(path)).length
