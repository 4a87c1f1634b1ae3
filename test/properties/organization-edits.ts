import fc from 'fast-check'
import type { Account } from '../../src/simulator/accounts.ts'
import type { AuditActionId } from '../../src/simulator/audit-actions.ts'
import type { Started } from '../operations/start.ts'

/** Something that somebody does to an organization: by the API, in the console, or by nothing that leaves an event. */
export interface Edit {
  readonly what: string
  readonly isLogged: boolean
  /** Ids of the accounts that it may have changed. */
  readonly make: (started: Started) => Promise<readonly string[]>
}

const users = '/admin/v2/orgs/ORG/directories/-/users'
const orgUsers = '/admin/v1/orgs/ORG/users'
const orgAdmin = { role: 'atlassian/org-admin' }

/** What is refused changes nothing. */
async function byApi({ simulator }: Started, method: string, path: string, body?: object): Promise<void> {
  const headers = { authorization: `Bearer ${simulator.apiKey}`, 'content-type': 'application/json' }
  const url = path.replace('ORG', simulator.organizationId)
  await simulator.fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) })
}

/** One account, whichever a number stands for. */
function accountAt({ simulator: { state } }: Started, index: number): Account {
  const { list } = state.accounts
  const account = list[index % list.length]
  if (account === undefined) throw new Error('there are no accounts')
  return account
}

/** The event of a change for which the simulator has no form. */
function leave({ simulator: { state }, clock }: Started, action: AuditActionId, { accountId }: Account): void {
  state.sequence += 1
  const actor = { id: 'root', name: 'Root', email: 'root@acme.com' }
  state.events.push({
    id: `event-${state.sequence}`,
    time: clock.time,
    action,
    actor,
    context: [{ id: accountId, type: 'users' }],
  })
}

const onAccount =
  (isLogged: boolean, work: (started: Started, account: Account) => Promise<void> | void) =>
  (what: string, index: number): Edit => ({
    what: `${what} ${index}`,
    isLogged,
    make: async started => {
      const account = accountAt(started, index)
      await work(started, account)
      return [account.accountId]
    },
  })

const logged = {
  suspend: onAccount(true, (started, { accountId }) => byApi(started, 'POST', `${users}/${accountId}/suspend`)),
  restore: onAccount(true, (started, { accountId }) => byApi(started, 'POST', `${users}/${accountId}/restore`)),
  remove: onAccount(true, (started, { accountId }) => byApi(started, 'DELETE', `${users}/${accountId}`)),
  reinvite: onAccount(true, (started, { email }) =>
    byApi(started, 'POST', '/admin/v2/orgs/ORG/users/invite', { emails: [email] }),
  ),
  promote: onAccount(true, (started, { accountId }) =>
    byApi(started, 'POST', `${orgUsers}/${accountId}/role-assignments/assign`, orgAdmin),
  ),
  demote: onAccount(true, (started, { accountId }) =>
    byApi(started, 'POST', `${orgUsers}/${accountId}/role-assignments/revoke`, orgAdmin),
  ),
  move: onAccount(true, async (started, { email }) => {
    const { simulator } = started
    const policies = simulator.state.authenticationPolicies
    const policy = policies[email.length % policies.length]
    const path = `/console/o/${simulator.organizationId}/authentication-policies/${policy?.id}/members`
    await simulator.fetch(path, { method: 'POST', body: new URLSearchParams({ emails: email }) })
  }),
  twoStep: onAccount(true, (started, account) => {
    if (!account.managed) return
    account.mfaEnabled = !account.mfaEnabled
    leave(started, account.mfaEnabled ? 'twosv_enabled_for_user' : 'twosv_disabled_for_user', account)
  }),
  deactivate: onAccount(true, (started, account) => {
    const isActive = account.accountStatus === 'active'
    account.accountStatus = isActive ? 'inactive' : 'active'
    leave(started, isActive ? 'user_deactivated' : 'user_reactivated', account)
  }),
  join: onAccount(true, async (started, { accountId, groups }) => {
    const group = started.simulator.state.groups.find(({ id }) => !groups.includes(id))
    if (group)
      await byApi(started, 'POST', `/admin/v2/orgs/ORG/directories/-/groups/${group.id}/memberships`, { accountId })
  }),
  quit: onAccount(true, async (started, { accountId, groups: [group] }) => {
    if (group !== undefined)
      await byApi(started, 'DELETE', `/admin/v2/orgs/ORG/directories/-/groups/${group}/memberships/${accountId}`)
  }),
}

const unlogged = {
  secretRole: onAccount(false, (_, account) => {
    account.platformRoles = account.platformRoles.length > 0 ? [] : ['atlassian/org-admin']
  }),
  secretMove: onAccount(false, ({ simulator: { state } }, account) => {
    if (account.policyId !== undefined)
      account.policyId = state.authenticationPolicies.find(({ id }) => id !== account.policyId)?.id
  }),
  secretTwoStep: onAccount(false, (_, account) => {
    account.mfaEnabled = !account.mfaEnabled
  }),
  secretSuspension: onAccount(false, (_, account) => {
    account.membershipStatus = account.membershipStatus === 'active' ? 'suspended' : 'active'
  }),
}

const invite: fc.Arbitrary<Edit> = fc.constantFrom('nia@acme.com', 'new@rogue.example').map(email => ({
  what: `invite ${email}`,
  isLogged: true,
  make: async started => {
    await byApi(started, 'POST', '/admin/v2/orgs/ORG/users/invite', { emails: [email] })
    return started.simulator.state.accounts.list.filter(one => one.email === email).map(({ accountId }) => accountId)
  },
}))

const editOf = (edits: Readonly<Record<string, (what: string, index: number) => Edit>>): fc.Arbitrary<Edit> =>
  fc
    .tuple(fc.constantFrom(...Object.entries(edits)), fc.nat({ max: 20 }))
    .map(([[what, edit], index]) => edit(what, index))

export const loggedEdit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 8, arbitrary: editOf(logged) },
  { weight: 1, arbitrary: invite },
)
export const unloggedEdit: fc.Arbitrary<Edit> = editOf(unlogged)
