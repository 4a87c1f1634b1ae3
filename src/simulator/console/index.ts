import type { Hono } from 'hono'
import { html } from 'hono/html'
import { auditActions, type AuditActionId } from '../audit-actions.ts'
import { iso } from '../moments.ts'
import type { World } from '../world.ts'
import { authenticationPolicyPages } from './authentication-policies.ts'
import { forOrganization, missing, show, type ConsoleCall } from './console-call.ts'
import { domainPages } from './domains.ts'
import { exportPages } from './exports.ts'
import { externalUserPages } from './external-users.ts'
import { consolePath } from './layout.ts'

/** Newest events on the page of the audit log. */
const shownEvents = 200

function overview({ state, context }: ConsoleCall): Response | Promise<Response> {
  const base = consolePath(state)
  const managed = state.accounts.list.reduce((count, account) => (account.managed ? count + 1 : count), 0)
  const body = html`<p>
      Organization id <code>${state.organization.id}</code>.
      ${state.guard ? 'Guard Standard is subscribed.' : 'Without Guard Standard.'}
    </p>
    <p>
      ${managed} managed and ${state.accounts.list.length - managed} external accounts,
      ${state.authenticationPolicies.length} authentication policies, ${state.domains.length} domains.
    </p>
    <h2>Exports</h2>
    <ul>
      <li><a href="${base}/exports/members.csv">Members of the authentication policies</a></li>
      <li><a href="${base}/exports/accounts.csv">Accounts of the domains</a></li>
      <li><a href="${base}/exports/external-users.csv">External users</a></li>
    </ul>`
  return show(context, { title: state.organization.name, state, section: '', body })
}

function auditLog({ state, world, context }: ConsoleCall): Response | Promise<Response> {
  const rows = state.events
    .slice(-shownEvents)
    .reverse()
    .map(
      ({ time, action, actor, context: objects }) =>
        html`<tr>
          <td>${iso(time)}</td>
          <td>${auditActions[action as AuditActionId].displayName}</td>
          <td>${actor.email || actor.name}</td>
          <td>${objects.map(object => JSON.stringify(object['attributes'] ?? {})).join(' ')}</td>
        </tr>`,
    )
  const body =
    state.guard && world.audit !== 'none'
      ? html`<table>
          <caption>
            The newest ${shownEvents} events.
          </caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Activity</th>
              <th scope="col">Actor</th>
              <th scope="col">Details</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>`
      : html`<p class="notice">The audit log needs Atlassian Guard Standard.</p>`
  return show(context, { title: 'Audit log', state, section: '/audit-log', body })
}

/** The console: everything that only people can do. It needs no key, and is no part of the public API. */
export function consolePages(app: Hono, world: World): void {
  app.get('/console', context => {
    const { state } = world
    const body = html`<ul>
        <li><a href="${consolePath(state)}">${state.organization.name}</a></li>
      </ul>
      <p>This console belongs to a simulated organization: nothing here is real.</p>`
    return show(context, { title: 'Organizations', body })
  })
  app.get('/console/o/:org', forOrganization(world, overview))
  app.get('/console/o/:org/audit-log', forOrganization(world, auditLog))
  for (const mount of [authenticationPolicyPages, externalUserPages, domainPages, exportPages]) mount(app, world)
  app.all('/console/*', context => missing(context))
}
