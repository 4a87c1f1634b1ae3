import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentsDigest, planDigest } from '../../src/engine/digest.ts'
import type { Json, JsonObject } from '../../src/model/json.ts'
import type { SavedPlan } from '../../src/model/plan.ts'
import { sha256 } from '../../src/operations/hash.ts'
import { readPlan, savePlan } from '../../src/operations/saved-plan.ts'
import type { Scenario } from '../../src/simulator/index.ts'
import { codesOf, policiesFolder, scenarioNamed, start, temporaryFolder, valueOf, writesOf } from './start.ts'

const acme = scenarioNamed('acme')
const move = 'api/move/AuthenticationPolicy/Contractors and break-glass'
const update = 'api/update/IpAllowlist/Office and VPN'

/** A plan of the real policies, saved. */
async function saved() {
  const started = await start()
  const plan = valueOf(await started.plan(policiesFolder))
  const file = join(await temporaryFolder(), 'plan.json')
  valueOf(await savePlan(file, plan))
  return { started, file, plan, content: JSON.parse(await readFile(file, 'utf8')) as JsonObject }
}

/** What reading a file with this content comes to. */
async function codesFor(content: string | object): Promise<readonly string[]> {
  const file = join(await temporaryFolder(), 'plan.json')
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return codesOf(await readPlan(file))
}

/** The paths of every value below one, as lists of steps. */
function leaves(value: Json, at: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [at]
  const inner: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.map((item: Json, index) => [index, item] as const)
    : Object.entries(value)
  return inner.flatMap(([name, item]) => leaves(item, [...at, name]))
}

/** A copy in which one value is another one. */
function edited(content: JsonObject, path: readonly (string | number)[]): JsonObject {
  const copy = structuredClone(content) as Record<string | number, unknown>
  const last = path.at(-1) ?? ''
  let holder = copy
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>
  const before = holder[last]
  holder[last] =
    typeof before === 'string' ? `${before}x` : typeof before === 'number' ? before + 1 : before === null ? 0 : !before
  return copy as JsonObject
}

/** The plan with these changes, and digests that fit them: what somebody makes who edits on purpose. */
function forged(plan: SavedPlan, changes: Partial<SavedPlan>): SavedPlan {
  const changed = { ...plan, ...changes }
  const desiredDigest = documentsDigest(sha256, Object.values(changed.desired.documents))
  return { ...changed, desiredDigest, digest: planDigest(sha256, { ...changed, desiredDigest }) }
}

describe('a saved plan', () => {
  it('is read back as it was, and readable by its owner only', async () => {
    const { file, plan } = await saved()
    expect(valueOf(await readPlan(file))).toEqual(plan)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('may be laid out anew: the order of members and white space are no edit', async () => {
    const { content } = await saved()
    const reordered = Object.fromEntries(Object.entries(content).reverse())
    expect(await codesFor(reordered)).toEqual([])
  })

  it('says where it cannot be written', async () => {
    const { plan } = await saved()
    expect(codesOf(await savePlan(join(await temporaryFolder(), 'no', 'such', 'folder.json'), plan))).toEqual([
      'run/unwritable',
    ])
  })

  it('does without the documents: apply carries it out', async () => {
    const { started, file } = await saved()
    const applied = await started.apply(valueOf(await readPlan(file)), { recheck: true })
    expect(codesOf(applied)).toEqual([])
    expect(writesOf(started.simulator)).toHaveLength(2)
  })
})

describe('an edited plan', () => {
  it('is refused for each value in it, and nothing is sent', async () => {
    const { started, content } = await saved()
    const values = leaves(content)
    expect(values.length).toBeGreaterThan(200)
    for (const path of values) {
      // Without its Organization document it is no plan at all.
      const code = /^desired\.documents\.Organization.*\.kind$/.test(path.join('.'))
        ? 'plan/file-unreadable'
        : 'plan/file-edited'
      expect([path.join('.'), await codesFor(edited(content, path))]).toEqual([path.join('.'), [code]])
    }
    expect(writesOf(started.simulator)).toEqual([])
  })

  it.each<readonly [string, (plan: SavedPlan) => Partial<SavedPlan>]>([
    ['a step less', ({ steps }) => ({ steps: steps.slice(1) })],
    ['a step twice', ({ steps }) => ({ steps: [...steps, ...steps] })],
    ['another order of steps', ({ steps }) => ({ steps: [...steps].reverse() })],
    [
      'a document more',
      ({ desired }) => ({
        desired: { ...desired, documents: { ...desired.documents, 'IpAllowlist/x': { kind: 'IpAllowlist' } } },
      }),
    ],
    [
      'a document less',
      ({ desired }) => ({
        desired: {
          ...desired,
          documents: Object.fromEntries(Object.entries(desired.documents).filter(([key]) => !key.includes('Okta'))),
        },
      }),
    ],
  ])('is refused with %s', async (_, change) => {
    const { plan, content } = await saved()
    expect(await codesFor({ ...content, ...change(plan) })).toEqual(['plan/file-edited'])
  })

  it.each([
    [
      'moves into a policy of another organization',
      'POST',
      '/admin/control/v1/orgs/ffffffff-0000-4000-8000-000000000000/auth-policy/p/add-users',
    ],
    ['makes an admin', 'POST', '/admin/v1/orgs/ORG/users/u/role-assignments/assign'],
    ['revokes a key', 'PATCH', '/admin/api-access/v1/orgs/ORG/api-keys/revoke/k'],
    ['takes all resources off a policy', 'DELETE', '/admin/control/v1/orgs/ORG/policies/p/resources'],
    ['leaves the path by a detour', 'DELETE', '/admin/control/v1/orgs/ORG/policies/../x'],
    ['hides in a query', 'POST', '/admin/control/v1/orgs/ORG/policies?x=/auth-policy/p/add-users'],
  ] as const)('with digests that fit is refused where it %s', async (_, method, path) => {
    const { plan } = await saved()
    const steps = plan.steps.map(step =>
      step.id === move
        ? { ...step, requests: [{ method, path: path.replace('ORG', plan.organization.id), body: {} }] }
        : step,
    )
    const file = join(await temporaryFolder(), 'forged.json')
    valueOf(await savePlan(file, forged(plan, { steps })))
    expect(codesOf(await readPlan(file))).toEqual(['plan/file-foreign-request'])
  })
})

describe('what is no plan', () => {
  it.each([
    ['nothing', '', 'plan/file-unreadable'],
    ['no JSON', '{"formatVersion":', 'plan/file-unreadable'],
    ['a list', '[]', 'plan/file-unreadable'],
    ['a policy', 'kind: Organization', 'plan/file-unreadable'],
    ['an object', '{}', 'plan/file-unreadable'],
    ['a version alone', '{"formatVersion":"1.0"}', 'plan/file-unreadable'],
    ['a failed run', '{"formatVersion":"1.0","diagnostics":[]}', 'plan/file-unreadable'],
    ['a newer format', '{"formatVersion":"2.0"}', 'plan/newer-format'],
  ])('%s', async (_, content, code) => {
    expect(await codesFor(content)).toEqual([code])
  })

  it('the printed plan, which lacks what apply needs', async () => {
    const { content } = await saved()
    expect(await codesFor({ ...content, desired: undefined })).toEqual(['plan/file-unreadable'])
  })

  it('a file that is not there, and a folder', async () => {
    const folder = await temporaryFolder()
    for (const file of [join(folder, 'none.json'), folder])
      expect(codesOf(await readPlan(file))).toEqual(['plan/file-unreadable'])
  })

  it.each([
    ['steps that are none', { steps: [null, 1, 'x'] }],
    ['steps that are no list', { steps: {} }],
    ['no organization', { organization: null }],
    ['no guards', { guards: undefined }],
    ['documents that are none', { desired: { documents: [], policyOf: {}, ids: {} } }],
  ])('%s', async (_, changes) => {
    const { content } = await saved()
    expect(await codesFor({ ...content, ...changes })).toEqual(['plan/file-unreadable'])
  })
})

describe('a plan that time went by', () => {
  it('refuses a step whose accounts were moved meanwhile, and does the others', async () => {
    const { started, file } = await saved()
    const { state } = started.simulator
    const account = state.accounts.byEmail.get('owen.price@acme.com')
    if (account !== undefined) account.policyId = '90781be9-0863-45f0-92b9-1612379ffa5c'
    const applied = await started.apply(valueOf(await readPlan(file)), { recheck: true })
    expect(applied.diagnostics.map(({ code, facts }) => [code, facts])).toEqual([
      [
        'apply/basis-moved',
        {
          step: move,
          moved: [{ what: 'owen.price@acme.com', from: 'Local accounts', to: 'Staff behind Okta' }],
          unknown: 'the audit log tells nothing of it',
        },
      ],
    ])
    expect(valueOf(applied).results.filter(({ id }) => id === move || id === update)).toMatchObject([
      { id: move, status: 'failed' },
      { id: update, status: 'done' },
    ])
    expect(writesOf(started.simulator).map(({ method }) => method)).toEqual(['PUT'])
  })

  it('refuses a step whose allowlist was edited meanwhile, and does the others', async () => {
    const { started, file } = await saved()
    const [allowlist] = started.simulator.state.controlPolicies
    if (allowlist !== undefined) allowlist.rule = { ...allowlist.rule, in: ['192.0.2.1'] }
    const applied = await started.apply(valueOf(await readPlan(file)), { recheck: true })
    expect(codesOf(applied)).toEqual(['apply/basis-moved'])
    expect(writesOf(started.simulator).map(({ method }) => method)).toEqual(['POST'])
  })

  it('takes an edit of a member that Postern does not know for a change too', async () => {
    const { started, file } = await saved()
    const [allowlist] = started.simulator.state.controlPolicies
    if (allowlist !== undefined) allowlist.rule = { ...allowlist.rule, unheardOf: true }
    expect(codesOf(await started.apply(valueOf(await readPlan(file)), { recheck: true }))).toEqual([
      'apply/basis-moved',
    ])
  })

  it('applied twice sends nothing the second time, and says that it was so already', async () => {
    const { started, file } = await saved()
    const plan = valueOf(await readPlan(file))
    expect(codesOf(await started.apply(plan, { recheck: true }))).toEqual([])
    const writes = writesOf(started.simulator).length
    const again = await started.apply(plan, { recheck: true, run: 'run-2' })
    expect(codesOf(again)).toEqual([])
    expect(valueOf(again).results.filter(({ id }) => id === move || id === update)).toEqual([
      { id: move, status: 'done', reason: 'it was so already' },
      { id: update, status: 'done', reason: 'it was so already' },
    ])
    expect(writesOf(started.simulator)).toHaveLength(writes)
  })

  it('is not re-checked where it was just made: that costs no read', async () => {
    const { started, plan } = await saved()
    const before = started.simulator.requests.length
    await started.apply(plan, { recheck: false })
    const reads = started.simulator.requests.slice(before).filter(({ path }) => path.endsWith('bulk-fetch'))
    // One: where the accounts are after the move.
    expect(reads).toHaveLength(1)
  })
})

describe('a plan for another organization', () => {
  const other: Scenario = { ...acme, organization: { id: 'ffffffff-0000-4000-8000-000000000000', name: 'other' } }

  it('is refused by the key of this one, and nothing is sent', async () => {
    const { plan } = await saved()
    const elsewhere = await start({ scenario: other })
    expect(codesOf(await elsewhere.apply(plan, { recheck: true }))).toEqual(['org/other-organization'])
    expect(writesOf(elsewhere.simulator)).toEqual([])
    await expect(readFile(join(elsewhere.ledgerFolder, 'organization.json'))).rejects.toThrow('ENOENT')
  })

  it('is refused by the ledger of this one', async () => {
    const { plan } = await saved()
    const elsewhere = await start()
    await elsewhere.ledger.update('organization', () => ({ id: 'ffffffff-0000-4000-8000-000000000000', name: 'other' }))
    expect(codesOf(await elsewhere.apply(plan))).toEqual(['ledger/other-organization'])
    expect(elsewhere.simulator.requests).toEqual([])
  })
})
