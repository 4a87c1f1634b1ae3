import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExplainReport } from '../../src/model/coverage.ts'
import type { DriftReport } from '../../src/model/drift.ts'
import type { Plan } from '../../src/model/plan.ts'
import { policiesFolder, startAt, type Started } from '../operations/start.ts'
import { commandLine } from './command-line.ts'

const contractors = ['jo', 'kofi.mensah', 'lucia.romero', 'milan.novak', 'nadia.haddad', 'owen.price'].map(
  name => `${name}@acme.com`,
)

const listOf = (accounts: readonly string[]): string =>
  `kind: AccountList\nname: Contractors\naccounts:\n${accounts.map(email => `  - ${email} # until spring\n`).join('')}`

/** A policy whose accounts stand in a list of their own, and the same organization with the accounts in the policy. */
describe('accounts in a list of their own', () => {
  let cwd = ''
  let started: Started

  const postern = (...argv: string[]) => commandLine(cwd, started, argv)

  async function json<Report>(...argv: string[]): Promise<Report> {
    const { out, err } = await postern(...argv, '--format', 'json')
    expect(err).not.toContain('error')
    return JSON.parse(out) as Report
  }

  /** The folder that lists accounts, and the one that names the same in the policy. */
  async function write(accounts: readonly string[]): Promise<void> {
    const policy = await readFile(join(policiesFolder, 'authentication/contractors.yaml'), 'utf8')
    const named = (selectors: string) =>
      policy.replace(
        /^members:\n {2}groups: .*\n {2}accounts: .*$/m,
        `members:\n  accounts: [root@acme.com${selectors}`,
      )
    await writeFile(join(cwd, 'listed/authentication/contractors.yaml'), named(']\n  accountLists: [Contractors]'))
    await writeFile(join(cwd, 'listed/authentication/list.yaml'), listOf(accounts))
    await writeFile(join(cwd, 'inline/authentication/contractors.yaml'), named(`, ${accounts.join(', ')}]`))
  }

  const plans = async (): Promise<readonly [Plan, Plan]> => [
    await json<Plan>('plan', 'listed'),
    await json<Plan>('plan', 'inline'),
  ]

  const movesOf = ({ steps }: Plan) =>
    steps.flatMap(({ action, name, accounts = [] }) =>
      action === 'move' ? accounts.map(({ account }) => [account.email, name]) : [],
    )

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'postern-lists-'))
    for (const folder of ['listed', 'inline']) await cp(policiesFolder, join(cwd, folder), { recursive: true })
    await write(contractors)
    started = await startAt(cwd, { audit: 'full' })
  })

  afterAll(() => rm(cwd, { recursive: true, force: true }))

  it('are counted as a document', async () => {
    const [listed, inline] = [await postern('validate', 'listed'), await postern('validate', 'inline')]
    const documents = ({ out, err }: { readonly out: string; readonly err: string }) =>
      Number(/(\d+) documents/.exec(out + err)?.[1])
    expect([listed.code, inline.code]).toEqual([0, 0])
    expect(documents(listed)).toBe(documents(inline) + 1)
  })

  it('make the plan that they make in the policy, and leave nothing of the list in the ledger', async () => {
    const [listed, inline] = await plans()
    expect(movesOf(listed)).toEqual([['owen.price@acme.com', 'Contractors and break-glass']])
    expect([listed.desiredDigest, listed.digest]).toEqual([inline.desiredDigest, inline.digest])
    await postern('apply', 'listed', '--yes')
    expect((await plans()).map(movesOf)).toEqual([[], []])
    const kept = await readFile(join(cwd, '.postern/last-applied.json'), 'utf8')
    expect(kept).toContain('owen.price@acme.com')
    expect(kept).not.toMatch(/AccountList|accountLists/)
  })

  it('move away when they are taken out of it', async () => {
    await write(contractors.filter(email => !email.startsWith('kofi')))
    const [listed, inline] = await plans()
    expect(movesOf(listed)).toEqual([['kofi.mensah@acme.com', 'Local accounts']])
    expect([listed.desiredDigest, listed.digest]).toEqual([inline.desiredDigest, inline.digest])
    expect(listed.guards.map(({ code, status }) => [code, status])).toEqual(
      inline.guards.map(({ code, status }) => [code, status]),
    )
    await write(contractors)
  })

  it('are explained by their line', async () => {
    const { policy, source } = await json<ExplainReport>('explain', 'lucia.romero@acme.com', '--policies', 'listed')
    expect(policy).toBe('Contractors and break-glass')
    expect(source).toMatchObject({ file: 'authentication/list.yaml', line: 6, column: 5 })
  })

  it('are found moved at their line, and --accept moves the line', async () => {
    started.clock.time += 11 * 60_000
    const moves = [
      ['Local accounts', 'jo@acme.com'],
      ['Contractors and break-glass', 'reception@acme.com'],
    ] as const
    for (const [name, email] of moves) {
      const id = started.simulator.state.authenticationPolicies.find(other => other.name === name)?.id ?? ''
      const response = await started.simulator.fetch(
        `/console/o/${started.simulator.organizationId}/authentication-policies/${id}/members`,
        { method: 'POST', body: new URLSearchParams({ emails: email }) },
      )
      expect(response.status).toBe(303)
    }
    const outside = ({ differences }: DriftReport) =>
      differences
        .filter(({ path }) => path === 'members')
        .map(({ class: which, account, source }) => [which, account?.email, `${source?.file}:${source?.line}`])
    expect(outside(await json<DriftReport>('drift', 'listed'))).toEqual([
      ['changed-outside', 'jo@acme.com', 'authentication/list.yaml:4'],
      ['changed-outside', 'reception@acme.com', 'authentication/contractors.yaml:33'],
    ])
    const { code, out, err } = await postern('drift', 'listed', '--accept')
    expect(code, err).toBe(0)
    expect(out.split('\n').filter(line => /^[-+] /.test(line))).toEqual([
      '-  accounts: [root@acme.com]',
      '+  accounts: [root@acme.com, reception@acme.com]',
      '+  accounts: [jo@acme.com]',
      '-  - jo@acme.com # until spring',
    ])
    expect(await readFile(join(cwd, 'listed/authentication/list.yaml'), 'utf8')).toBe(listOf(contractors.slice(1)))
    expect(outside(await json<DriftReport>('drift', 'listed'))).toEqual([])
  })
})
