import type { Hono } from 'hono'
import { domainOf, foldEmail } from '../../model/account.ts'
import { isListed, isPolicyMember, type Account } from '../accounts.ts'
import { siteOf } from '../routes/user-json.ts'
import type { AuthenticationPolicy, State } from '../state.ts'
import { effectiveSettings } from '../token-status.ts'
import type { World } from '../world.ts'
import { forOrganization, missing, type ConsoleCall } from './console-call.ts'
import { cells } from './csv-cells.ts'
import { accountsHeader, externalUsersHeader, membersHeader } from './csv-headers.ts'

const cell = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

const csv = (rows: readonly (readonly string[])[]): string => rows.map(row => `${row.map(cell).join(',')}\n`).join('')

/** One column for each app, and whether an account can reach it. */
function apps(state: State): {
  readonly header: readonly string[]
  readonly row: (account: Account) => readonly string[]
} {
  return {
    header: state.sites.map(({ name }) => name),
    row: ({ products }) => {
      const reached = new Set(products.map(product => siteOf(state, product)?.id))
      return state.sites.map(({ id }) => cells.hasApp(reached.has(id)))
    },
  }
}

const policiesById = ({ authenticationPolicies }: State): ReadonlyMap<string | undefined, AuthenticationPolicy> =>
  new Map(authenticationPolicies.map(policy => [policy.id, policy]))

/** Security → Authentication policies → Export members: the only view of policy settings by machine (ref 2.4). */
function members(state: State): string {
  const { header, row } = apps(state)
  const policies = policiesById(state)
  const rows = state.accounts.list.flatMap(account => {
    const policy = policies.get(account.policyId)
    if (!isPolicyMember(account) || policy === undefined) return []
    return [
      [
        account.name,
        account.email,
        cells.lastActive(account),
        cells.status(account),
        cells.billable(account, policy),
        policy.name,
        cells.policyType(policy),
        cells.singleSignOn(policy),
        cells.twoStepVerification(account),
        cells.passwordRequirements(policy),
        cells.idleSession(policy),
        ...row(account),
      ],
    ]
  })
  return csv([[...membersHeader, ...header], ...rows])
}

/** Domains → Export accounts: everybody on a verified domain, claimed or not (ref 2.4). */
function accounts(state: State): string {
  const { header, row } = apps(state)
  const policies = policiesById(state)
  const verified = new Set(
    state.domains.filter(({ status }) => status === 'verified').map(({ name }) => foldEmail(name)),
  )
  const rows = state.accounts.list
    .filter(({ accountType, email }) => accountType === 'atlassian' && verified.has(domainOf(email)))
    .map(account => {
      const policy = policies.get(account.policyId)
      return [
        account.name,
        account.accountId,
        cells.status(account),
        cells.lastActive(account),
        cells.claimed(account),
        cells.billable(account, policy),
        policy === undefined ? '' : cells.policyType(policy),
        policy === undefined ? '' : cells.singleSignOn(policy),
        cells.twoStepVerification(account),
        cells.verifiedEmail(),
        ...row(account),
      ]
    })
  return csv([[...accountsHeader, ...header], ...rows])
}

/** Security → External users → Export users (ref 2.4). */
function externalUsers({ state, now }: ConsoleCall): string {
  const { external, test } = state.externalUserPolicies
  const tested = new Set(test.testUsers.map(foldEmail))
  const billed = effectiveSettings(external, now)
  // Billed are users of a billable policy with SSO; users of the test policy are not (ref 5.2).
  const billable = billed.billable && billed.authorizationMethod === 'single-sign-on'
  const rows = state.accounts.list
    .filter(account => !account.managed && isListed(account))
    .map(account => [
      account.email,
      account.accountId,
      cells.lastActive(account),
      account.products.map(product => siteOf(state, product)?.name ?? product).join(', '),
      billable && !tested.has(foldEmail(account.email)) ? 'Yes' : 'No',
    ])
  return csv([externalUsersHeader, ...rows])
}

const exports: ReadonlyMap<string, (call: ConsoleCall) => string> = new Map([
  ['members.csv', ({ state }: ConsoleCall) => members(state)],
  ['accounts.csv', ({ state }: ConsoleCall) => accounts(state)],
  ['external-users.csv', externalUsers],
])

/** The three CSV exports of the console. The real ones come by mail; these come at once. */
export function exportPages(app: Hono, world: World): void {
  app.get(
    '/console/o/:org/exports/:file',
    forOrganization(world, call => {
      const file = call.context.req.param('file') ?? ''
      const write = exports.get(file)
      if (write === undefined) return missing(call.context)
      return call.context.body(write(call), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${file}"`,
      })
    }),
  )
}
