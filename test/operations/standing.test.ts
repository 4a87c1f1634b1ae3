import { describe, expect, it } from 'vitest'
import type { Action } from '../../src/model/change.ts'
import type { SavedPlan } from '../../src/model/plan.ts'
import { connect } from '../../src/operations/connection.ts'
import { standingOf, type Standing } from '../../src/operations/standing.ts'
import { whoMoved, type WhoMoved } from '../../src/operations/who-moved.ts'
import { acmeIds, folderWith, planned } from './acme-documents.ts'
import { allowlist, begun, confluence, everySort, jira } from './cut-off.ts'
import { moveInConsole } from './drift-world.ts'
import { valueOf, type Started, type StartOptions } from './start.ts'

const local = 'Local accounts'
const contractors = 'Contractors and break-glass'
const staff = 'Staff behind Okta'
/** No document names it, and the API knows no names. */
const unnamed = `the policy ${acmeIds.staff}`

const account = ({ simulator }: Started, email: string) => {
  const found = simulator.state.accounts.byEmail.get(email)
  if (found === undefined) throw new Error(`no account ${email}`)
  return found
}

const putInto = (started: Started, email: string, name: string): void => {
  account(started, email).policyId = started.simulator.state.authenticationPolicies.find(p => p.name === name)?.id
}

const list = ({ simulator }: Started, name: string) => {
  const found = simulator.state.controlPolicies.find(policy => policy.name === name)
  if (found === undefined) throw new Error(`no allowlist ${name}`)
  return found
}

const resource = (id: string) => ({ id, applicationStatus: 'applied' }) as never

/** Where a step of a plan stands once somebody did something. */
async function stands(
  {
    action,
    documents = everySort,
    applied = [],
  }: { readonly action: Action; readonly documents?: readonly string[]; readonly applied?: readonly string[] },
  meanwhile: (started: Started) => void | Promise<void>,
): Promise<Standing> {
  const { started, folder } = await begun(documents)
  if (applied.length > 0) valueOf(await started.apply(await planned(started, await folderWith(...applied))))
  const plan = await planned(started, folder)
  const step = plan.steps.find(other => other.channel === 'api' && other.action === action)
  if (step === undefined) throw new Error(`the plan has no ${action}`)
  await meanwhile(started)
  const client = await connect(started.connection, started.simulator.organizationId, 'read')
  return standingOf(client, step, plan)
}

/** A standing in a line: its state, then the requests that are left or what moved. */
const told = (standing: Standing): readonly unknown[] =>
  standing.state === 'between'
    ? ['between', ...standing.left]
    : standing.state === 'moved'
      ? ['moved', ...standing.moved.map(({ what, from, to }) => `${what}: ${from} → ${to}`)]
      : [standing.state]

type Row = readonly [string, (started: Started) => void, readonly unknown[]]

const nothing = (): void => undefined
const [owen, petra] = ['owen.price@acme.com', 'petra.vogel@acme.com']

describe('a move', () => {
  it.each<Row>([
    ['nothing happened', nothing, ['as-planned']],
    ['somebody else moved', s => putInto(s, 'quinn.daly@acme.com', contractors), ['as-planned']],
    ['all are there', s => [owen, petra].forEach(email => putInto(s, email, contractors)), ['done']],
    ['one is there', s => putInto(s, owen, contractors), ['between', 0]],
    ['one went elsewhere', s => putInto(s, owen, staff), ['moved', `${owen}: ${local} → ${unnamed}`]],
    [
      'one is there, and one went elsewhere',
      s => {
        putInto(s, owen, contractors)
        putInto(s, petra, staff)
      },
      ['moved', `${petra}: ${local} → ${unnamed}`],
    ],
    [
      'one is in no policy any more',
      s => void (account(s, owen).policyId = undefined),
      ['moved', `${owen}: ${local} → no policy`],
    ],
    ['one was renamed', s => void (account(s, owen).name = 'Owen II'), ['as-planned']],
  ])('%s', async (_, meanwhile, expected) => {
    expect(told(await stands({ action: 'move' }, meanwhile))).toEqual(expected)
  })
})

const [ines, tomas, yuki] = ['ines@agency.example', 'tomas@agency.example', 'yuki@agency.example']
const become =
  (status: string, ...emails: readonly string[]) =>
  (started: Started): void =>
    emails.forEach(email => (account(started, email).membershipStatus = status as never))

describe('access that is taken', () => {
  it.each<Row>([
    ['nothing happened', nothing, ['as-planned']],
    ['all lost it', become('suspended', ines, tomas, yuki), ['done']],
    ['one lost it', become('suspended', tomas), ['between', 0, 2]],
    ['one is gone', become('no_membership', yuki), ['moved', `${yuki}: active → gone`]],
    [
      'one became an organization admin',
      s => void (account(s, ines).platformRoles = ['atlassian/org-admin']),
      ['moved', `${ines}: under the access rules → exempt`],
    ],
  ])('%s', async (_, meanwhile, expected) => {
    expect(told(await stands({ action: 'suspend' }, meanwhile))).toEqual(expected)
  })
})

describe('access that is given back', () => {
  const documents = ['kind: ExternalUserPolicy\nname: external\naccess: { onViolation: suspend }']
  it.each<Row>([
    ['nothing happened', nothing, ['as-planned']],
    ['all have it', become('active', ines, tomas, yuki), ['done']],
    ['one has it', become('active', ines), ['between', 1, 2]],
  ])('%s', async (_, meanwhile, expected) => {
    expect(told(await stands({ action: 'restore', documents, applied: everySort }, meanwhile))).toEqual(expected)
  })
})

describe('an allowlist that is made', () => {
  const documents = [allowlist('New', `ranges: [192.0.2.1]\nenabled: false\nresources: ["${jira}", "${confluence}"]`)]
  /** Makes it by hand, or as a run that was cut off left it. */
  const made =
    (rest: object) =>
    (started: Started): void => {
      const { simulator } = started
      simulator.state.controlPolicies.push({
        ...list(started, 'Office and VPN'),
        id: 'made',
        name: 'New',
        status: 'disabled',
        rule: { in: ['192.0.2.1'] },
        resources: [],
        ...rest,
      })
    }
  it.each<Row>([
    ['nothing happened', nothing, ['as-planned']],
    ['it is there without resources', made({}), ['between', 1, 2]],
    ['it is there with one of them', made({ resources: [resource(confluence)] }), ['between', 1]],
    ['it is there with both', made({ resources: [resource(confluence), resource(jira)] }), ['done']],
    [
      'another one of that name is there',
      made({ rule: { in: ['198.51.100.1'] } }),
      ['moved', 'ranges: none → 198.51.100.1'],
    ],
    ['it is in force already', made({ status: 'enabled' }), ['moved', 'enabled: not known → true']],
    [
      'it guards something else',
      made({ resources: [resource('ari:cloud:trello::site/1')] }),
      ['moved', 'resources: none → ari:cloud:trello::site/1'],
    ],
  ])('%s', async (_, meanwhile, expected) => {
    const standing = await stands({ action: 'create', documents }, meanwhile)
    expect(told(standing)).toEqual(expected)
    if (standing.state === 'between') expect(standing.createdId).toBe('made')
  })
})

describe('an allowlist that is changed', () => {
  const documents = [
    allowlist('Office and VPN', `ranges: [203.0.113.0/24]\nallowMobileBypass: true\nresources: ["${confluence}"]`),
  ]
  const edit =
    (rest: object) =>
    (started: Started): void =>
      void Object.assign(list(started, 'Office and VPN'), rest)
  const done = { in: ['203.0.113.0/24'], allowMobileBypass: true }
  it.each<Row>([
    ['nothing happened', nothing, ['as-planned']],
    ['its rule is as it shall be', edit({ rule: done }), ['between', 1, 2]],
    ['a resource is attached', edit({ rule: done, resources: [resource(jira), resource(confluence)] }), ['between', 2]],
    ['all is as it shall be', edit({ rule: done, resources: [resource(confluence)] }), ['done']],
    ['only its resources are', edit({ resources: [resource(confluence)] }), ['between', 0]],
    [
      'its rule is neither as it was nor as it shall be',
      edit({ rule: { ...done, in: ['192.0.2.9'] } }),
      ['moved', 'ranges: 203.0.113.0/24, 2001:db8::/48, 198.51.100.0/24 → 192.0.2.9'],
    ],
    [
      'it guards something else too',
      edit({ resources: [resource(jira), resource('ari:cloud:trello::site/1')] }),
      ['moved', `resources: ${jira} → ${jira}, ari:cloud:trello::site/1`],
    ],
    ['it is off', edit({ status: 'disabled' }), ['moved', 'enabled: true → false']],
    ['it is gone', s => void s.simulator.state.controlPolicies.splice(0), ['moved', 'Office and VPN: there → gone']],
    [
      'it is gone, and there is another one of that name',
      edit({ id: 'other' }),
      ['moved', 'Office and VPN: there → made anew'],
    ],
  ])('%s', async (_, meanwhile, expected) => {
    expect(told(await stands({ action: 'update', documents }, meanwhile))).toEqual(expected)
  })
})

describe('an allowlist that is removed', () => {
  const row = {
    action: 'delete',
    documents: ['kind: ExternalUserPolicy\nname: external'],
    applied: [allowlist('New', 'ranges: [192.0.2.1]')],
  } as const
  it.each<Row>([
    ['nothing happened', nothing, ['as-planned']],
    ['it is gone', s => void s.simulator.state.controlPolicies.pop(), ['done']],
    [
      'it was edited',
      s => void (list(s, 'New').rule = { in: ['192.0.2.2'] }),
      ['moved', 'ranges: 192.0.2.1 → 192.0.2.2'],
    ],
  ])('%s', async (_, meanwhile, expected) => {
    expect(told(await stands(row, meanwhile))).toEqual(expected)
  })
})

describe('who moved it', () => {
  async function who(
    options: StartOptions,
    action: Action,
    meanwhile: (started: Started) => void | Promise<void>,
  ): Promise<WhoMoved> {
    const { started, folder } = await begun(everySort, options)
    const plan: SavedPlan = await planned(started, folder)
    const step = plan.steps.find(other => other.action === action)
    if (step === undefined) throw new Error(`the plan has no ${action}`)
    started.clock.time += 60_000
    await meanwhile(started)
    const client = await connect(started.connection, started.simulator.organizationId, 'read')
    return whoMoved(client, step, plan)
  }

  const moving = async (started: Started): Promise<void> => moveInConsole(started, contractors, owen)

  it('is told by the audit log', async () => {
    expect((await who({}, 'move', moving)).who).toMatch(/^\S+@acme\.com at 2026-11-24T08:01:00\S* \(event \S+\)$/)
  })

  it.each<readonly [string, StartOptions, (started: Started) => void | Promise<void>, RegExp]>([
    ['tells nothing', {}, nothing, /tells nothing of it/],
    ['tells of somebody else', {}, s => moveInConsole(s, contractors, 'quinn.daly@acme.com'), /tells nothing of it/],
    ['cannot be read', { audit: 'none' }, moving, /cannot be read.*read:events:admin/],
    [
      'does not answer',
      {},
      s => s.simulator.fault({ match: { path: '/events' }, times: 100, then: { status: 500 } }),
      /./,
    ],
  ])('is not known where the log %s', async (_, options, meanwhile, unknown) => {
    const found = await who(options, 'move', meanwhile)
    expect([found.who, found.unknown]).toEqual([undefined, expect.stringMatching(unknown)])
  })
})
