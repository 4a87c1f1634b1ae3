import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy } from '../operations/acme-documents.ts'
import { exportCsv } from '../operations/console.ts'
import { organizationWith } from '../operations/approve-world.ts'
import { startAt, type Started } from '../operations/start.ts'
import { commandLine } from './command-line.ts'

const approvers = '{ approvers: [{ name: bob, email: bob@acme.com }] }'
const external = 'kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: block }'

/** The documents are applied, and then gone: as for somebody who has them in Terraform alone. */
describe('without a policy folder', () => {
  let cwd = ''
  let started: Started
  const postern = (argv: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    commandLine(cwd, started, argv, {
      env: { POSTERN_API_KEY: started.simulator.apiKey, POSTERN_LEDGER: '.postern', USER: 'alice', ...env },
    })

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'postern-from-ledger-'))
    started = await startAt(cwd, {})
    const documents = [organizationWith(approvers), external, policy('P', 'directory: local\ndefault: true')]
    await writeFile(join(cwd, 'acme.yaml'), documents.join('\n---\n'))
    await postern(['apply', '.', '--yes'])
    await rm(join(cwd, 'acme.yaml'))
  })
  afterAll(() => rm(cwd, { recursive: true, force: true }))

  const attest = ['attest', 'ExternalUserPolicy/external', '--set', 'settings.apiTokens=block']

  it('a setting cannot be attested by its document', async () => {
    expect(await postern(attest)).toMatchObject({ code: 1, err: expect.stringContaining('no YAML document') as string })
  })

  it('it can by what was applied last', async () => {
    const { code, out } = await postern([...attest, '--from-ledger'])
    expect([code, out]).toEqual([0, expect.stringContaining('settings.apiTokens')])
    expect((await started.ledger.read('evidence'))?.facts).toMatchObject([
      { path: 'settings.apiTokens', value: 'block' },
    ])
  })

  it('an export is taken in, and an approver enrols', async () => {
    await writeFile(join(cwd, 'members.csv'), await exportCsv(started, 'members.csv'))
    const exported = ['--exported-at', started.now().toISOString()]
    expect((await postern(['observe', 'members.csv', ...exported, '--from-ledger'])).code).toBe(0)
    const enrolled = await postern(['approve', '--enrol', '--as', 'bob', '--from-ledger'])
    expect([enrolled.code, enrolled.out]).toEqual([0, expect.stringMatching(/^POSTERN_APPROVER_BOB=/)])
  })

  it('a ledger that holds none is told', async () => {
    const { code, err } = await postern([...attest, '--from-ledger', '--ledger', 'another'])
    expect([code, err]).toEqual([1, expect.stringContaining('ledger/no-documents')])
  })

  it('a folder and the ledger are not both taken', async () => {
    const { code, err } = await postern([...attest, '--from-ledger', '--policies', '.'])
    expect([code, err]).toEqual([1, expect.stringContaining('run/usage')])
  })
})
