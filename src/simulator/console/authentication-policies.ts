import type { Hono } from 'hono'
import { html } from 'hono/html'
import { accountByEmail, changeMembership, isPolicyMember, localDirectory } from '../accounts.ts'
import { leaveEvent } from '../audit.ts'
import type { AuditActionId } from '../audit-actions.ts'
import { localName } from '../scenario-references.ts'
import { defaultSettings } from '../settings.ts'
import { whyNot } from '../settle.ts'
import type { AuthenticationPolicy, Directory, State } from '../state.ts'
import { nextId, type World } from '../world.ts'
import { actorOfCall, back, forOrganization, missing, show, wantsJson, type ConsoleCall } from './console-call.ts'
import { control, emailsIn, problemList } from './form.ts'
import { consolePath } from './layout.ts'
import { editedPolicy, policyFields } from './policy-form.ts'
import { directoryName, policyDocument } from './policy-document.ts'

const section = '/authentication-policies'
/** Most emails of one CSV in the console (ref 5.1). */
const membersMaximum = 10_000

const list = '/console/o/:org/authentication-policies'

const pageOf = (state: State, { id }: AuthenticationPolicy): string =>
  `${consolePath(state)}${section}/${encodeURIComponent(id)}`

const memberCount = ({ accounts }: State, { id }: AuthenticationPolicy): number =>
  accounts.list.reduce((count, { policyId }) => (policyId === id ? count + 1 : count), 0)

function showList({ state, context }: ConsoleCall, problems: readonly string[] = []): Response | Promise<Response> {
  if (wantsJson(context) && problems.length === 0)
    return context.json({ policies: state.authenticationPolicies.map(policy => policyDocument(state, policy)) })
  const rows = state.authenticationPolicies.map(
    policy =>
      html`<tr>
        <th scope="row"><a href="${pageOf(state, policy)}">${policy.name}</a></th>
        <td>${directoryName(state, policy)}${policy.default ? ' (default)' : ''}</td>
        <td>${policy.billable ? 'billable' : 'non-billable'}</td>
        <td>${policy.settings.singleSignOn}</td>
        <td>${policy.settings.twoStepVerification}</td>
        <td>${memberCount(state, policy)}</td>
      </tr>`,
  )
  const directories = state.directories.map(({ name }) => name)
  const body = html`${problemList(problems)}
    <table>
      <caption>
        Every managed account is a member of exactly one policy.
      </caption>
      <thead>
        <tr>
          <th scope="col">Policy</th>
          <th scope="col">Directory</th>
          <th scope="col">Billing</th>
          <th scope="col">Single sign-on</th>
          <th scope="col">Two-step verification</th>
          <th scope="col">Members</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    <h2>Add a policy</h2>
    <form method="post" action="${consolePath(state)}${section}">
      ${control({ name: 'name', label: 'Name', value: '' })}
      ${control({ name: 'directory', label: 'Directory', value: directories[0] ?? '', options: directories })}
      ${control({ name: 'billable', label: 'Billable', value: 'true', options: ['true', 'false'] })}
      <button>Add policy</button>
    </form>`
  return show(context, { title: 'Authentication policies', state, section, body }, problems.length === 0 ? 200 : 400)
}

function create(call: ConsoleCall): Response | Promise<Response> {
  const { state, world, form, context } = call
  // Without Guard Standard there is exactly one policy (ref 5.1).
  if (!state.guard) return showList(call, ['a second policy needs Guard Standard'])
  const name = form.get('name')?.trim() ?? ''
  const wanted = form.get('directory')?.trim() ?? localName
  const directory: Directory | undefined =
    wanted === localName
      ? localDirectory(state)
      : state.directories.find(({ id, name }) => id === wanted || name === wanted)
  if (name === '') return showList(call, ['name must be a text'])
  if (directory === undefined) return showList(call, [`there is no directory called ${wanted}`])
  const policy: AuthenticationPolicy = {
    id: nextId(world, 'policy'),
    name,
    directoryId: directory.id,
    default: false,
    billable: true,
    settings: defaultSettings,
  }
  const edited = editedPolicy(
    state,
    policy,
    new Map([...form].filter(([field]) => field === 'name' || field === 'billable')),
  )
  if (edited.problems.length > 0) return showList(call, edited.problems)
  policy.billable = edited.billable
  state.authenticationPolicies.push(policy)
  leavePolicyEvent(call, 'auth_policy_created', policy)
  return back(context, pageOf(state, policy))
}

function leavePolicyEvent(call: ConsoleCall, action: AuditActionId, { id, name }: AuthenticationPolicy): void {
  const context = [{ id, type: 'authentication-policies', attributes: { name } }]
  leaveEvent(call.world, { action, actor: actorOfCall(call), context })
}

function policyOf({ state, context }: ConsoleCall): AuthenticationPolicy | undefined {
  return state.authenticationPolicies.find(({ id }) => id === context.req.param('id'))
}

function showPolicy(
  { state, context }: ConsoleCall,
  policy: AuthenticationPolicy,
  problems: readonly string[] = [],
  status: 400 | 409 = 400,
): Response | Promise<Response> {
  if (wantsJson(context))
    return problems.length === 0 ? context.json(policyDocument(state, policy)) : context.json({ problems }, status)
  const failed = context.req.query('failed')
  const body = html`${problemList(problems)}
    ${failed === undefined ? '' : html`<p class="notice" role="status">Added ${context.req.query('added') ?? '0'}, failed ${failed}.</p>`}
    <p>
      ${memberCount(state, policy)} members, directory ${directoryName(state, policy)}, policy id
      <code>${policy.id}</code>.
    </p>
    <h2>Settings</h2>
    <form method="post" action="${pageOf(state, policy)}">
      ${policyFields(policy).map(control)}
      <button>Save settings</button>
    </form>
    <h2>Add members</h2>
    <form method="post" action="${pageOf(state, policy)}/members">
      <label for="emails">Email addresses</label>
      <textarea id="emails" name="emails" rows="4"></textarea>
      <button>Move to this policy</button>
    </form>
    <h2>Delete</h2>
    <form method="post" action="${pageOf(state, policy)}/delete">
      <p class="hint">A default policy cannot be deleted. Members go to the default policy of the directory.</p>
      <button class="danger">Delete policy</button>
    </form>`
  return show(context, { title: policy.name, state, section, body }, problems.length === 0 ? 200 : status)
}

function save(call: ConsoleCall): Response | Promise<Response> {
  const policy = policyOf(call)
  if (policy === undefined) return missing(call.context)
  const { problems, ...edited } = editedPolicy(call.state, policy, call.form)
  if (problems.length > 0) return showPolicy(call, policy, problems)
  if (edited.default)
    for (const other of call.state.authenticationPolicies)
      if (other.directoryId === policy.directoryId) other.default = false
  Object.assign(policy, edited)
  leavePolicyEvent(call, 'auth_policy_updated', policy)
  return back(call.context, pageOf(call.state, policy))
}

/** Unlike the API's, a move in the console is done at once; added and failed members are in the audit log (ref 2.5). */
function addMembers(call: ConsoleCall): Response | Promise<Response> {
  const { state, form, now, context, world } = call
  const policy = policyOf(call)
  if (policy === undefined) return missing(context)
  const emails = emailsIn(form.get('emails') ?? '')
  if (emails.length === 0 || emails.length > membersMaximum)
    return showPolicy(call, policy, [`emails must hold from 1 to ${membersMaximum} addresses`])
  const failed = emails.filter(email => whyNot(accountByEmail(state.accounts, email)) !== undefined)
  const added = emails.filter(email => !failed.includes(email))
  for (const email of added) {
    const account = accountByEmail(state.accounts, email)
    if (account !== undefined) changeMembership(state, account, { policyId: policy.id }, now)
  }
  const attributes = { name: policy.name, added, failed }
  leaveEvent(world, {
    action: 'auth_policy_members_updated',
    actor: actorOfCall(call),
    context: [{ id: policy.id, type: 'authentication-policies', attributes }],
  })
  return back(context, `${pageOf(state, policy)}?added=${added.length}&failed=${failed.length}`)
}

/** A default policy cannot be deleted (ref 5.1). What becomes of members is not documented: the default takes them. */
function destroy(call: ConsoleCall): Response | Promise<Response> {
  const { state, now, context } = call
  const policy = policyOf(call)
  if (policy === undefined) return missing(context)
  const heir = state.authenticationPolicies.find(other => other.default && other.directoryId === policy.directoryId)
  if (policy.default || heir === undefined)
    return showPolicy(call, policy, ['a default policy cannot be deleted: make another policy the default first'], 409)
  state.authenticationPolicies = state.authenticationPolicies.filter(({ id }) => id !== policy.id)
  for (const account of state.accounts.list)
    if (isPolicyMember(account) && account.policyId === policy.id)
      changeMembership(state, account, { policyId: heir.id }, now)
  leavePolicyEvent(call, 'auth_policy_deleted', policy)
  return back(context, `${consolePath(state)}${section}`)
}

/** Pages of the authentication policies: the only place where their settings can be read or changed (ref 0). */
export function authenticationPolicyPages(app: Hono, world: World): void {
  const one = `${list}/:id`
  app
    .get(list, forOrganization(world, showList))
    .post(list, forOrganization(world, create))
    .get(
      one,
      forOrganization(world, call => {
        const policy = policyOf(call)
        return policy === undefined ? missing(call.context) : showPolicy(call, policy)
      }),
    )
    .post(one, forOrganization(world, save))
    .post(`${one}/members`, forOrganization(world, addMembers))
    .post(`${one}/delete`, forOrganization(world, destroy))
}
