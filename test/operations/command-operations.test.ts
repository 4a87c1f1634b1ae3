import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { helpFacts } from '../../src/cli/help-text.ts'
import { createProgram } from '../../src/cli/program.ts'
import { commandOperations, scopesOf, type ConnectedCommand } from '../../src/operations/command-operations.ts'
import { connect } from '../../src/operations/connection.ts'
import { canAsk } from '../../src/operations/doctor/probes.ts'
import { commandGroups } from '../../src/operations/doctor/scope-checks.ts'
import { readLedger } from '../../src/operations/ledger-state.ts'
import { readSighting } from '../../src/operations/read-sighting.ts'
import { matchOperation } from '../../src/org/match-operation.ts'
import { operationNamed, type OperationName } from '../../src/org/operations.ts'
import { commandLine } from '../story/command-line.ts'
import { fakeWorld, standingClock } from '../world.ts'
import { acmeIds } from './acme-documents.ts'
import { policiesFolder, scenarioNamed, startAt, temporaryFolder, type Started, type StartOptions } from './start.ts'

const commands = Object.keys(commandOperations) as readonly ConnectedCommand[]

/** What commands called, by their names. */
const called = new Map<string, Set<OperationName>>()

const note = (command: string, { simulator }: Started, from: number): void => {
  const names = simulator.requests
    .slice(from)
    .map(({ method, path }) => matchOperation(method as 'GET', path)?.name ?? `${method} ${path}`)
  called.set(command, new Set([...(called.get(command) ?? []), ...(names as readonly OperationName[])]))
}

interface Scene {
  readonly started: Started
  readonly write: (text: string) => Promise<void>
  readonly postern: (...argv: readonly string[]) => Promise<void>
}

/** An organization with a folder `policies`, in which each command line is noted. */
async function scene(options: StartOptions, text: string): Promise<Scene> {
  const cwd = await temporaryFolder()
  const started = await startAt(cwd, { rateLimits: 'off', ...options })
  const write = async (documents: string): Promise<void> => {
    const file = join(cwd, 'policies', 'all.yaml')
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, documents)
  }
  await write(text)
  const postern = async (...argv: readonly string[]): Promise<void> => {
    const before = started.simulator.requests.length
    const ran = await commandLine(cwd, started, argv)
    expect(ran.err).not.toMatch(/run\/usage|run\/internal/)
    note(argv[0] ?? '', started, before)
  }
  return { started, write, postern }
}

const jira = 'ari:cloud:jira::site/3f2a0c1e-0000-4000-8000-000000000001'
const guards = ['loosens', 'too-many-suspensions', 'suspends', 'break-glass', 'too-many-moves', 'needs-approval']
const yes = ['--yes', ...guards.flatMap(code => ['--allow', code])]

const organization = (id: string, domains: string): string =>
  `kind: Organization\nname: some\nid: ${id}\ndomains: [${domains}]\n---\n`
const acme = organization('96c9b91d-3eab-41b4-9d9c-09eb84db70cf', 'acme.com, acme.io')
const external = (domains: string): string =>
  `${acme}kind: ExternalUserPolicy\nname: external\naccess: { allowedDomains: [${domains}], inactiveAfter: 3650d, onViolation: suspend }\n`
const allowlist = (rest: string): string => `${acme}kind: IpAllowlist\nname: New\nranges: [${rest}\n`
async function everything(): Promise<void> {
  const { postern, started } = await scene({}, '')
  await postern('plan', policiesFolder)
  await postern('apply', policiesFolder, '--yes')
  await postern('revert', (await started.ledger.read('runs'))?.head?.run ?? '')
  for (const command of ['coverage', 'drift']) await postern(command, policiesFolder)
  for (const email of ['jo@acme.com', 'sam@partner.example', 'nobody@acme.com'])
    await postern('explain', email, '--policies', policiesFolder)
}

async function withoutGuard(): Promise<void> {
  const {
    organization: { id },
  } = scenarioNamed('without-guard')
  const policy = 'kind: AuthenticationPolicy\nname: '
  const text = `${organization(id, 'workshop.example')}${policy}Default policy\ndirectory: local\n---\n${policy}Another\ndirectory: local\n`
  const { postern, started } = await scene({ scenario: 'without-guard' }, text)
  for (const command of ['plan', 'coverage']) await postern(command)
  const before = started.simulator.requests.length
  const client = await connect(started.connection, id, 'read')
  await client.organizations()
  await readSighting(client, await readLedger(started.ledger), started.now())
  note('import', started, before)
}

async function adoption(): Promise<void> {
  const { started } = await scene({}, '')
  const facts = [
    {
      address: { kind: 'ExternalUserPolicy', name: 'external' },
      path: 'settings.apiTokens',
      value: 'block',
      from: 'attestation',
      at: '2026-11-24T07:00:00Z',
    } as const,
  ]
  await started.ledger.update('evidence', () => ({ facts }))
  const before = started.simulator.requests.length
  const client = await connect(started.connection, started.simulator.organizationId, 'read')
  await readSighting(client, await readLedger(started.ledger), started.now())
  note('import', started, before)
}

async function accessTaken(): Promise<void> {
  const { postern, write } = await scene({}, external('partner.example'))
  await postern('apply', ...yes)
  await write(external('partner.example, agency.example, freelance.example, acme-emergency.example'))
  await postern('apply', ...yes)
}

async function allowlists(): Promise<void> {
  const { postern, write } = await scene({}, allowlist(`192.0.2.1]\nresources: ["${jira}"]`))
  await postern('apply', ...yes)
  await write(allowlist('192.0.2.2]\nresources: []'))
  await postern('apply', ...yes)
  await write(`${acme}kind: IpAllowlist\nname: Office and VPN\nranges: [203.0.113.0/24]\n`)
  await postern('apply', ...yes)
}

async function movedMeanwhile(): Promise<void> {
  const { postern, started } = await scene({}, '')
  await postern('plan', policiesFolder, '--out', 'plan.json')
  const account = started.simulator.state.accounts.byEmail.get('owen.price@acme.com')
  if (account !== undefined) account.policyId = acmeIds.staff
  await postern('apply', 'plan.json', ...yes)
}

async function evidence(): Promise<void> {
  const { postern, started } = await scene(
    {},
    `${acme}kind: AuthenticationPolicy\nname: Local accounts\ndirectory: local\n`,
  )
  const { simulator } = started
  const response = await simulator.fetch(`/console/o/${simulator.organizationId}/exports/members.csv`)
  const file = join(await temporaryFolder(), 'members.csv')
  await writeFile(file, await response.text())
  await postern('observe', file, '--exported-at', '2026-11-24T07:30:00Z')
}

const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort()

describe('the operations of the commands', () => {
  it('are those that the commands call', { timeout: 60_000 }, async () => {
    const scenes = [everything, withoutGuard, adoption, accessTaken, allowlists, movedMeanwhile, evidence]
    for (const play of scenes) await play()
    const found = commandGroups.map(group => [
      group.join(', '),
      sorted(group.flatMap(command => [...(called.get(command) ?? [])])),
    ])
    const named = commandGroups.map(([command = 'plan', ...others]) => [
      [command, ...others].join(', '),
      sorted(commandOperations[command].map(({ operation }) => operation)),
    ])
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(named))
  })

  it('can be asked for without changing anything, all that only read', () => {
    const reading = sorted(commands.flatMap(command => commandOperations[command].map(({ operation }) => operation)))
    const unasked = reading.filter(name => !canAsk(name as OperationName))
    expect(unasked.filter(name => operationNamed(name as OperationName).effect === 'read')).toEqual([])
    expect(unasked.length).toBeGreaterThan(5)
  })
})

describe('the page on doctor', () => {
  it('names the scopes of each command', () => {
    const page = readFileSync('docs/doctor.md', 'utf8')
    const rows = [...page.matchAll(/^\| ([a-z, ]+) \| ((?:read|write)[a-z:, ]+) \| ([a-z:, ]*) \|$/gm)]
    const scopes = (cell: string): readonly string[] => sorted(cell.split(', ').map(name => `${name.trim()}:admin`))
    const written = rows.map(([, names = '', needed = '', useful = '']) => [
      names,
      { needed: scopes(needed), useful: scopes(useful) },
    ])
    const real = commandGroups
      .map(([command = 'plan', ...others]) => [[command, ...others].join(', '), scopesOf(command)] as const)
      .filter(([, { needed, useful }]) => needed.length + useful.length > 0)
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(real))
  })
})

describe('the help of a command', () => {
  const { world } = fakeWorld({ argv: [], cwd: '.', clock: standingClock() })
  const program = createProgram(world, { code: undefined })
  const scopesIn = (text: string): readonly string[] =>
    sorted(text.match(/\b(?:read|write|delete):[a-z-]+:admin\b/g) ?? [])

  it.each(commands.filter(name => program.commands.some(command => command.name() === name)))(
    'of %s names the scopes that its operations need, and those they are better with',
    name => {
      const command = program.commands.find(other => other.name() === name)
      const { scopes = '' } = (command && helpFacts(command)) ?? {}
      // What watch puts back with --apply is written, and told apart.
      const [needed = '', useful = ''] = (scopes.split('with --apply')[0] ?? '').split('better with')
      expect({ needed: scopesIn(needed), useful: scopesIn(useful) }).toEqual(scopesOf(name))
    },
  )

  it('of doctor offers all of them', () => {
    const option = program.commands
      .find(other => other.name() === 'doctor')
      ?.options.find(({ long }) => long === '--for')
    expect(option?.argChoices).toEqual(commands)
  })
})
