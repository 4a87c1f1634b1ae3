import type { Account } from '../accounts.ts'
import { pageV1, partOf } from '../listing.ts'
import { day, iso } from '../moments.ts'
import { notFound } from '../refusal.ts'
import { ok, type Call, type Route } from '../route.ts'
import { siteOf } from './user-json.ts'

interface Named {
  readonly id: string
  readonly name: string
}

const organizationJson =
  ({ world }: Call) =>
  ({ id, name }: Named): object => {
    const self = `${world.url}/admin/v1/orgs/${id}`
    return {
      id,
      type: 'orgs',
      attributes: { name },
      relationships: {
        domains: { links: { related: `${self}/domains` } },
        users: { links: { related: `${self}/users` } },
      },
      links: { self },
    }
  }

function managedAccountJson(call: Call, account: Account): object {
  const { state, world } = call
  const policy = state.authenticationPolicies.find(({ id }) => id === account.policyId)
  return {
    account_id: account.accountId,
    account_type: account.accountType,
    account_status: account.accountStatus,
    name: account.name,
    picture: `https://avatars.example/${account.accountId}`,
    email: account.email,
    access_billable: account.accountStatus === 'active' && (policy?.billable ?? false),
    ...(account.lastActive !== null && { last_active: iso(account.lastActive) }),
    product_access: account.products.map(product => ({
      key: product,
      name: siteOf(state, product)?.name ?? product,
      url: 'https://acme.example',
      ...(account.lastActive !== null && { last_active: iso(account.lastActive) }),
    })),
    links: { self: `${world.url}/users/${account.accountId}/manage/profile` },
  }
}

const managedTotal = ({ state }: Call): number =>
  state.accounts.list.reduce((count, { managed }) => (managed ? count + 1 : count), 0)

function lastActiveDates(call: Call): object {
  const account = call.state.accounts.byId.get(call.param('accountId'))
  if (account === undefined) throw notFound('ADMIN-404-8', 'no such user')
  const { lastActive, addedToOrg } = account
  const access = lastActive === null ? [] : account.products.map(product => [product, lastActive] as const)
  return {
    data: {
      product_access: access.map(([product, at]) => ({
        id: siteOf(call.state, product)?.id ?? product,
        key: product,
        last_active: day(at),
        last_active_timestamp: iso(at),
      })),
      added_to_org: day(addedToOrg),
      added_to_org_timestamp: iso(addedToOrg),
    },
    links: {},
  }
}

/** Organizations and their managed accounts in v1 (ref 2.1, 2.2, 2.3). */
export const organizationRoutes: readonly Route[] = [
  {
    method: 'GET', // ref 2.1: organizations of the key
    path: '/admin/v1/orgs',
    scope: 'read:orgs:admin',
    answer: call => {
      const items: readonly Named[] = [call.state.organization, ...call.state.otherOrganizations]
      return ok(pageV1(call, partOf(call, { items, size: call.world.switches.pageSizes.v1 }), organizationJson(call)))
    },
  },
  {
    method: 'GET', // ref 2.1: one organization, the cheap call to see whether a key lives
    path: '/admin/v1/orgs/:orgId',
    scope: 'read:orgs:admin',
    answer: call => {
      const { organization, otherOrganizations } = call.state
      const found = otherOrganizations.find(({ id }) => id === call.param('orgId')) ?? organization
      return ok({ data: organizationJson(call)(found) })
    },
  },
  {
    method: 'GET', // ref 2.1, 2.2: managed accounts, apps and portal customers among them
    path: '/admin/v1/orgs/:orgId/users',
    scope: 'read:accounts:admin',
    answer: call => {
      const size = call.world.switches.pageSizes.v1
      const part = partOf(call, { items: call.state.accounts.list, keep: ({ managed }) => managed, size })
      return ok({
        ...pageV1(call, part, account => managedAccountJson(call, account)),
        meta: { total: managedTotal(call) },
      })
    },
  },
  {
    method: 'GET', // ref 2.1: last active per app
    path: '/admin/v1/orgs/:orgId/directory/users/:accountId/last-active-dates',
    answer: call => ok(lastActiveDates(call)),
  },
]
