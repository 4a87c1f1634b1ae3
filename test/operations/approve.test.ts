import { describe, expect, it } from 'vitest'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import type { LastApplied } from '../../src/ledger/contract.ts'
import type { SavedPlan } from '../../src/model/plan.ts'
import { approveWithCodes, mayApprove } from '../../src/operations/approve.ts'
import type { SecretSource } from '../../src/operations/approver-secrets.ts'
import { approvalsOf } from '../../src/operations/approvals-of.ts'
import {
  approvedFolder,
  approving,
  bytesBelow,
  secrets,
  secretsInEnvironment,
  type Approving,
} from './approve-world.ts'
import { codesOf, exists, valueOf } from './start.ts'

/** What giving these codes comes to. */
const giving = (
  { started, plan }: Approving,
  otps: readonly string[],
  given: { readonly env?: SecretSource['env']; readonly changes?: object } = {},
) =>
  approveWithCodes(otps, {
    plan: { ...plan, ...given.changes },
    ledger: started.ledger,
    now: started.now(),
    secrets: { env: given.env ?? secretsInEnvironment },
  })

const later = ({ started }: Approving, seconds: number): void => {
  started.clock.time += seconds * 1000
}

const approvedBy = async ({ started, plan }: Approving, changes: Partial<SavedPlan> = {}): Promise<readonly string[]> =>
  (await approvalsOf(started.ledger, { ...plan, ...changes }, started.now())).approvedBy

describe('an approval', () => {
  it('is recorded for this plan, for a day, with the step of its code', async () => {
    const world = await approving()
    expect(valueOf(await giving(world, [`alice:${world.code('alice')}`]))).toEqual([
      {
        digest: world.plan.digest,
        approver: 'alice',
        at: '2026-11-24T08:00:00.000Z',
        expiresAt: '2026-11-25T08:00:00.000Z',
      },
    ])
    const stored = await world.started.ledger.read('approvals')
    expect(stored?.codes).toEqual({ alice: { lastStep: world.started.clock.time / 30_000, wrong: 0 } })
    expect(await approvedBy(world)).toEqual(['alice'])
    expect(await approvedBy(world, { digest: 'another' })).toEqual([])
    expect(await approvedBy(world, { author: 'alice-gh' })).toEqual([])
  })

  it('ends', async () => {
    const world = await approving()
    valueOf(await giving(world, [`alice:${world.code('alice')}`]))
    later(world, 86_399)
    expect(await approvedBy(world)).toEqual(['alice'])
    later(world, 1)
    expect(await approvedBy(world)).toEqual([])
    // The next one that is written takes its place.
    valueOf(await giving(world, [`bob:${world.code('bob')}`], { changes: { validUntil: '2027-01-01T00:00:00Z' } }))
    expect((await world.started.ledger.read('approvals'))?.approvals.map(({ approver }) => approver)).toEqual(['bob'])
  })

  it('of two takes two people', async () => {
    const world = await approving()
    const request = { plan: world.plan, ledger: world.started.ledger, now: world.started.now() }
    const missing = async () => valueOf(await mayApprove([], request)).rules.map(rule => rule.missing)
    expect(await missing()).toEqual([2])
    valueOf(await giving(world, [`alice:${world.code('alice')}`]))
    expect(await missing()).toEqual([1])
    later(world, 30)
    valueOf(await giving(world, [`alice:${world.code('alice')}`]))
    expect(await missing()).toEqual([1])
    valueOf(await giving(world, [`bob:${world.code('bob')}`]))
    expect(await missing()).toEqual([0])
  })

  it.each([
    ['a code that was used', (w: Approving) => [`alice:${w.code('alice')}`], {}, ['approval/used-code']],
    ['an earlier code', (w: Approving) => [`alice:${w.code('alice', -1)}`], {}, ['approval/used-code']],
    ['a code of two steps ago', (w: Approving) => [`bob:${w.code('bob', -2)}`], {}, ['approval/wrong-code']],
    ['the code of somebody else', (w: Approving) => [`bob:${w.code('carol')}`], {}, ['approval/wrong-code']],
    ['an approver who is not listed', () => ['mallory:123456'], {}, ['approval/not-listed']],
    ['the author', (w: Approving) => [`bob:${w.code('bob')}`], { author: 'BOB@acme.com' }, ['approval/author']],
    [
      'an unknown author',
      (w: Approving) => [`bob:${w.code('bob')}`],
      { author: undefined },
      ['approval/unknown-author'],
    ],
    [
      'a plan that is too old',
      (w: Approving) => [`bob:${w.code('bob')}`],
      { validUntil: '2026-11-24T07:59:59Z' },
      ['approval/plan-expired'],
    ],
    [
      'a plan without an end',
      (w: Approving) => [`bob:${w.code('bob')}`],
      { validUntil: 'never' },
      ['approval/plan-expired'],
    ],
    ['no name', () => ['123456'], {}, ['approval/bad-otp']],
    ['an empty name', () => [':123456'], {}, ['approval/bad-otp']],
    ['letters for a code', () => ['bob:12345a'], {}, ['approval/bad-otp']],
    ['five digits', () => ['bob:12345'], {}, ['approval/bad-otp']],
    [
      'one approver twice',
      (w: Approving) => [`bob:${w.code('bob')}`, `bob:${w.code('bob', 1)}`],
      {},
      ['approval/twice'],
    ],
    ['several at once', () => ['bob', 'carol:1'], {}, ['approval/bad-otp', 'approval/bad-otp']],
  ])('is refused for %s', async (_, otps, changes, codes) => {
    const world = await approving()
    valueOf(await giving(world, [`alice:${world.code('alice')}`]))
    const before = await world.started.ledger.read('approvals')
    const refused = await giving(world, otps(world), { changes: changes })
    expect([refused.ok, codesOf(refused)]).toEqual([false, codes])
    expect((await world.started.ledger.read('approvals'))?.approvals).toEqual(before?.approvals)
  })

  it('of another plan is none of this one', async () => {
    const world = await approving()
    valueOf(await giving(world, [`alice:${world.code('alice')}`], { changes: { digest: 'another' } }))
    expect(await approvedBy(world)).toEqual([])
  })

  it('that nobody asked for is not recorded', async () => {
    const world = await approving(
      await approvedFolder('{ everything: 0, loosening: 0, approvers: [{ name: alice, email: alice@acme.com }] }'),
    )
    const done = await giving(world, [`alice:${world.code('alice')}`], { changes: { author: undefined } })
    expect([done.ok, codesOf(done)]).toEqual([true, ['approval/not-needed']])
    expect(await exists(world.started.ledgerFolder)).toBe(false)
  })

  it('needs the secret, and says whose is missing', async () => {
    const world = await approving()
    const refused = await giving(world, [`alice:${world.code('alice')}`, `bob:${world.code('bob')}`], {
      env: { POSTERN_APPROVER_ALICE: secrets.alice },
    })
    expect([codesOf(refused), refused.diagnostics[0]?.facts]).toEqual([
      ['approval/no-secret'],
      { approver: 'bob', variable: 'POSTERN_APPROVER_BOB' },
    ])
    expect(await exists(world.started.ledgerFolder)).toBe(false)
  })

  it('that is right counts beside one that is wrong', async () => {
    const world = await approving()
    const refused = await giving(world, [`alice:${world.code('alice')}`, `bob:${world.wrong('bob')}`])
    expect([refused.ok, codesOf(refused)]).toEqual([false, ['approval/wrong-code']])
    expect(await approvedBy(world)).toEqual(['alice'])
    expect((await world.started.ledger.read('approvals'))?.codes['bob']).toEqual({ wrong: 1 })
  })
})

describe('who may approve', () => {
  /** What was last applied, with these approvers. */
  async function lastApplied({ started, plan }: Approving, approvers: string): Promise<void> {
    const folder = await approvedFolder(`{ everything: 1, approvers: ${approvers} }`)
    const { documents } = valueOf(await started.plan(folder)).desired
    const applied: LastApplied = { run: 'r', at: plan.createdAt, digest: 'd', documents, policyOf: {} }
    await started.ledger.update('last-applied', () => applied)
  }

  it.each([
    ['bob', '[{ name: bob, email: Bob@acme.com }]', []],
    ['alice, whom the plan adds', '[{ name: bob, email: bob@acme.com }]', ['approval/not-listed']],
    ['bob with another address', '[{ name: bob, email: mallory@acme.com }]', ['approval/not-listed']],
  ])('%s', async (who, approvers, codes) => {
    const world = await approving()
    await lastApplied(world, approvers)
    const name = who.split(/[ ,]/)[0] as 'alice' | 'bob'
    expect(codesOf(await giving(world, [`${name}:${world.code(name)}`]))).toEqual(codes)
  })

  it('the author by a login that the plan takes out of the list may not', async () => {
    const world = await approving()
    await lastApplied(world, '[{ name: bob, email: bob@acme.com, logins: [bob-gh] }]')
    const refused = await giving(world, [`bob:${world.code('bob')}`], { changes: { author: 'bob-gh' } })
    expect(codesOf(refused)).toEqual(['approval/author'])
  })

  it('nobody with the ledger of another organization', async () => {
    const world = await approving()
    await world.started.ledger.update('organization', () => ({ id: 'another', name: 'other' }))
    expect(codesOf(await giving(world, [`bob:${world.code('bob')}`]))).toEqual(['ledger/other-organization'])
  })
})

describe('wrong codes', () => {
  it('are counted in the ledger, and five bring a pause', async () => {
    const world = await approving()
    const tried: string[] = []
    for (let n = 0; n < 5; n++) tried.push(...codesOf(await giving(world, [`bob:${world.wrong('bob')}`])))
    expect(tried).toEqual([...Array<string>(4).fill('approval/wrong-code'), 'approval/paused'])
    later(world, 299)
    expect(codesOf(await giving(world, [`bob:${world.code('bob')}`]))).toEqual(['approval/paused'])
    // A pause is one person's.
    expect(codesOf(await giving(world, [`alice:${world.code('alice')}`]))).toEqual([])
    later(world, 1)
    expect(codesOf(await giving(world, [`bob:${world.code('bob')}`]))).toEqual([])
    expect((await world.started.ledger.read('approvals'))?.codes['bob']).toMatchObject({ wrong: 0 })
  })
})

describe('one code and several processes', () => {
  it.each([2, 8])('%i at once: exactly one takes it', async processes => {
    const world = await approving()
    const otp = `alice:${world.code('alice')}`
    const outcomes = await Promise.all(
      Array.from({ length: processes }, () =>
        approveWithCodes([otp], {
          plan: world.plan,
          ledger: folderLedger(world.started.ledgerFolder),
          now: world.started.now(),
          secrets: { env: secretsInEnvironment },
        }),
      ),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.flatMap(codesOf)).toEqual(Array(processes - 1).fill('approval/used-code'))
  })
})

it('no secret and no code is in the ledger or in what is told', async () => {
  const world = await approving()
  const codes = [world.code('alice'), world.wrong('bob'), world.code('carol', 3)]
  const outcomes = [
    await giving(world, [`alice:${codes[0]}`]),
    await giving(world, [`alice:${codes[0]}`]),
    await giving(world, [`bob:${codes[1]}`]),
    await giving(world, [`carol:${codes[2]}`]),
    await giving(world, [`carol-${codes[2]}`]),
    await giving(world, [`carol:${codes[2]}`], { env: { POSTERN_APPROVER_CAROL: `${secrets.carol}!` } }),
  ]
  const told = JSON.stringify(outcomes) + (await bytesBelow(world.started.ledgerFolder))
  for (const text of [...codes, ...Object.values(secrets)]) expect(told).not.toContain(text)
})
