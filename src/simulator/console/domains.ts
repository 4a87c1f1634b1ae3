import type { Hono } from 'hono'
import { html } from 'hono/html'
import { domainOf, foldEmail } from '../../model/account.ts'
import { changeMembership, localDirectory } from '../accounts.ts'
import { leaveEvent } from '../audit.ts'
import type { AuditActionId } from '../audit-actions.ts'
import type { Domain, State } from '../state.ts'
import { nextId, type World } from '../world.ts'
import { actorOfCall, back, forOrganization, show, type ConsoleCall } from './console-call.ts'
import { control, problemList } from './form.ts'
import { consolePath } from './layout.ts'

const section = '/domains'
const actions = ['verify', 'claim', 'lapse'] as const
type Action = (typeof actions)[number]

const events: Readonly<Record<Action, AuditActionId>> = {
  verify: 'domain_verified',
  claim: 'domain_claimed',
  lapse: 'domain_lapsed',
}

const count = ({ accounts }: State, domain: string, managed: boolean): number =>
  accounts.list.reduce(
    (sum, account) => (account.managed === managed && domainOf(account.email) === domain ? sum + 1 : sum),
    0,
  )

function showDomains({ state, context }: ConsoleCall, problems: readonly string[] = []): Response | Promise<Response> {
  const rows = state.domains.map(
    ({ name, type, status }) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${status}</td>
        <td>${type}</td>
        <td>${count(state, name, true)}</td>
        <td>${count(state, name, false)}</td>
      </tr>`,
  )
  const body = html`${problemList(problems)}
    <table>
      <caption>
        Accounts are managed after their domain is verified and they are claimed.
      </caption>
      <thead>
        <tr>
          <th scope="col">Domain</th>
          <th scope="col">Status</th>
          <th scope="col">Verified by</th>
          <th scope="col">Managed accounts</th>
          <th scope="col">Not claimed</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    <h2>Change a domain</h2>
    <form method="post" action="${consolePath(state)}${section}">
      ${control({ name: 'name', label: 'Domain', value: '' })}
      ${control({ name: 'action', label: 'Action', value: 'verify', options: actions })}
      <button>Apply</button>
    </form>`
  return show(context, { title: 'Domains', state, section, body }, problems.length === 0 ? 200 : 400)
}

function change(call: ConsoleCall): Response | Promise<Response> {
  const { state, form, world, context } = call
  const name = foldEmail(form.get('name') ?? '')
  const action = actions.find(known => known === form.get('action'))
  const domain = state.domains.find(known => foldEmail(known.name) === name)
  if (name === '' || action === undefined) return showDomains(call, [`name a domain, and one of ${actions.join(', ')}`])
  if (domain === undefined && action !== 'verify') return showDomains(call, [`${name} is not verified`])
  const changed = domain ?? newDomain(call, name)
  if (action === 'claim' && changed.status !== 'verified') return showDomains(call, [`${name} is not verified`])
  carryOut(call, changed, action)
  leaveEvent(world, {
    action: events[action],
    actor: actorOfCall(call),
    context: [{ id: changed.id, type: 'domains', attributes: { name: changed.name } }],
  })
  return back(context, `${consolePath(state)}${section}`)
}

function newDomain({ state, world }: ConsoleCall, name: string): Domain {
  const domain: Domain = { id: nextId(world, 'domain'), name, type: 'dns', status: 'unverified' }
  state.domains.push(domain)
  return domain
}

/** Verified is not managed: accounts are managed after the claim, and released when the domain lapses (ref 5.3). */
function carryOut({ state, now, world }: ConsoleCall, domain: Domain, action: Action): void {
  if (action === 'verify') domain.status = 'verified'
  if (action === 'lapse') domain.status = 'missing_token'
  if (action === 'verify' || (action === 'lapse' && !world.switches.lapsedDomainReleasesAccounts)) return
  const local = localDirectory(state).id
  const policyId = state.authenticationPolicies.find(policy => policy.default && policy.directoryId === local)?.id
  for (const account of state.accounts.list) {
    if (domainOf(account.email) !== foldEmail(domain.name) || account.managed === (action === 'claim')) continue
    account.managed = action === 'claim'
    const holds = account.managed && account.accountType === 'atlassian'
    changeMembership(state, account, { policyId: holds ? policyId : undefined }, now)
  }
}

/** The page of the domains: verify, claim, and let one lapse. */
export function domainPages(app: Hono, world: World): void {
  const path = '/console/o/:org/domains'
  app
    .get(
      path,
      forOrganization(world, call => showDomains(call)),
    )
    .post(path, forOrganization(world, change))
}
