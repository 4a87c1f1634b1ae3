import { describe, expect, it } from 'vitest'
import { account, documents, emptyLive, known, livePolicy, organizationId, planOf, policy } from './documents.ts'

const control = `/admin/control/v1/orgs/${organizationId}`

describe('a move', () => {
  const members = 'members: { everyoneElse: true }'
  const recorded = new Map([
    ['id-b@acme.com', 'P'],
    ['id-a@acme.com', 'P'],
  ])
  const accounts = [account('b@acme.com', 'id-other'), account('a@acme.com', 'id-other')]
  const remembered = {
    organization: undefined,
    governed: undefined,
    policyOf: recorded,
    suspended: new Map<string, object>(),
  }

  it('is add-users by email, in batches, in the order of the addresses', async () => {
    const { steps } = planOf(
      await documents(policy('P', members)),
      { ...emptyLive, objects: [livePolicy('P', 'id-P')], accounts },
      { remembered, addUsersBatch: 1 },
    )
    const path = `${control}/auth-policy/id-P/add-users`
    expect(steps.find(({ action }) => action === 'move')).toMatchObject({
      status: 'ready',
      dependsOn: [],
      channel: 'api',
      accounts: [
        { account: { accountId: 'id-a@acme.com', email: 'a@acme.com' }, from: 'id-other' },
        { account: { accountId: 'id-b@acme.com', email: 'b@acme.com' }, from: 'id-other' },
      ],
      requests: [
        { method: 'POST', path, body: { users: ['a@acme.com'] } },
        { method: 'POST', path, body: { users: ['b@acme.com'] } },
      ],
    })
  })

  it('into a policy that does not exist yet waits for its creation, without requests', async () => {
    const { steps } = planOf(
      await documents(policy('P', members)),
      {
        ...emptyLive,
        objects: [{ address: { kind: 'AuthenticationPolicy', name: 'P' }, exists: 'no', fields: {} }],
        accounts,
      },
      { remembered },
    )
    const [creation, move] = steps
    expect(creation).toMatchObject({ id: 'console/create/AuthenticationPolicy/P', channel: 'console', status: 'ready' })
    expect(move).toMatchObject({
      action: 'move',
      status: 'blocked',
      dependsOn: ['console/create/AuthenticationPolicy/P'],
    })
    expect(move).not.toHaveProperty('requests')
    expect(move?.reason).toMatch(/id/)
  })

  it('into a policy that exists but whose id nothing tells is blocked and depends on nothing', async () => {
    const { steps } = planOf(
      await documents(policy('P', members)),
      {
        ...emptyLive,
        objects: [{ address: { kind: 'AuthenticationPolicy', name: 'P' }, exists: 'yes', fields: {} }],
        accounts,
      },
      { remembered },
    )
    expect(steps).toMatchObject([{ action: 'move', status: 'blocked', dependsOn: [] }])
    expect(steps[0]).not.toHaveProperty('requests')
    // The two ways to tell the id.
    expect(steps[0]?.reason).toContain('`id:`')
    expect(steps[0]?.reason).toContain('postern observe')
  })

  it.each([
    ['allow', 'block', 'tightens'],
    ['block', 'allow', 'loosens'],
    ['block', 'block', 'neutral'],
  ])('from a policy with tokens %s into one with %s %s', async (from, to, direction) => {
    const { steps } = planOf(
      await documents(
        policy('From', `settings: { apiTokens: ${from} }`),
        policy('To', `settings: { apiTokens: ${to} }\nmembers: { domains: [acme.com] }`),
      ),
      {
        ...emptyLive,
        objects: [livePolicy('From', 'id-F'), livePolicy('To', 'id-T')],
        accounts: [account('a@acme.com', 'id-F')],
      },
    )
    expect(steps.find(({ action }) => action === 'move')?.direction).toBe(direction)
  })

  it('from a policy that no document declares is of unknown direction', async () => {
    const { steps } = planOf(
      await documents(policy('P', `${members}\nsettings: { apiTokens: block }`)),
      { ...emptyLive, objects: [livePolicy('P', 'id-P')], accounts },
      { remembered },
    )
    expect(steps.find(({ action }) => action === 'move')?.direction).toBe('unknown')
  })

  it('compares the policy that is left as it is known to be, not as its document wants it', async () => {
    const { steps } = planOf(
      await documents(
        policy('From', 'settings: { apiTokens: allow }'),
        policy('To', 'settings: { apiTokens: allow }\nmembers: { domains: [acme.com] }'),
      ),
      {
        ...emptyLive,
        objects: [
          livePolicy('From', 'id-F', { 'settings.apiTokens': known('settings.apiTokens', 'block') }),
          livePolicy('To', 'id-T'),
        ],
        accounts: [account('a@acme.com', 'id-F')],
      },
    )
    expect(steps.find(({ action }) => action === 'move')?.direction).toBe('loosens')
  })
})
