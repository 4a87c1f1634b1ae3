import type { Hono } from 'hono'
import { html } from 'hono/html'
import { accountByEmail } from '../accounts.ts'
import { leaveEvent } from '../audit.ts'
import { iso } from '../moments.ts'
import type { ExternalSettings } from '../settings.ts'
import type { ExternalPolicy, State } from '../state.ts'
import { effectiveSettings } from '../token-status.ts'
import type { World } from '../world.ts'
import { actorOfCall, back, forOrganization, missing, show, wantsJson, type ConsoleCall } from './console-call.ts'
import { control, emailsIn, formReader, problemList, type Field, type Form } from './form.ts'
import { consolePath } from './layout.ts'
import { externalDocument } from './policy-document.ts'

type Name = 'external' | 'test'

const titles: Readonly<Record<Name, string>> = {
  external: 'External user policy',
  test: 'Test policy for external users',
}

const methods = ['none', 'one-time-passcode', 'single-sign-on'] as const

/** The controls of an external policy's page (ref 5.2). */
function fields({ settings }: ExternalPolicy): readonly Field[] {
  return [
    {
      name: 'authorizationMethod',
      label: 'Authorization method',
      value: settings.authorizationMethod,
      options: methods,
    },
    {
      name: 'identityProvider',
      label: 'Identity provider',
      value: settings.identityProvider ?? '',
      hint: 'For single sign-on.',
    },
    { name: 'sessionDuration', label: 'Session duration', value: settings.sessionDuration, hint: '15m to 30d' },
    { name: 'apiTokens', label: 'API token access', value: settings.apiTokens, options: ['allow', 'block'] },
    { name: 'billable', label: 'Billable', value: String(settings.billable), options: ['true', 'false'] },
  ]
}

/** Reads the form of an external policy (ref 5.2). */
function edited(
  state: State,
  { settings, testUsers }: ExternalPolicy,
  form: Form,
): { readonly problems: readonly string[]; readonly settings: ExternalSettings; readonly testUsers: string[] } {
  const read = formReader(form)
  const authorizationMethod = read.choice('authorizationMethod', methods, settings.authorizationMethod)
  const providers = state.directories.flatMap(({ identityProvider }) => identityProvider ?? [])
  const named = form.get('identityProvider')?.trim() ?? settings.identityProvider ?? ''
  const identityProvider = authorizationMethod !== 'single-sign-on' ? undefined : named === '' ? providers[0] : named
  const billable = read.flag('billable', settings.billable)
  if (authorizationMethod === 'single-sign-on') {
    if (!billable) read.problems.push('a non-billable policy cannot use single sign-on')
    if (identityProvider === undefined || !providers.includes(identityProvider))
      read.problems.push(`there is no identity provider called ${named}`)
  }
  const users = form.has('testUsers') ? emailsIn(form.get('testUsers') ?? '') : testUsers
  if (users.length > 5) read.problems.push('a test policy holds five users at most')
  for (const email of users)
    if (accountByEmail(state.accounts, email)?.managed === true) read.problems.push(`${email} is a managed account`)
  return {
    problems: read.problems,
    settings: {
      authorizationMethod,
      ...(identityProvider !== undefined && { identityProvider }),
      sessionDuration: read.duration('sessionDuration', settings.sessionDuration, { from: '15m', to: '30d' }),
      apiTokens: read.choice('apiTokens', ['allow', 'block'], settings.apiTokens),
      billable,
    },
    testUsers: users,
  }
}

/** Without Guard Standard there are no external policies (ref 5.4). */
function guardNeeded({ state, context }: ConsoleCall, name: Name): Response | Promise<Response> {
  if (wantsJson(context)) return context.json({ error: 'Guard Standard is needed' }, 403)
  const body = html`<p class="notice">External user security needs Atlassian Guard Standard.</p>`
  return show(context, { title: titles[name], state, section: `/external-users/${name}`, body }, 403)
}

function showPolicy(call: ConsoleCall, name: Name, problems: readonly string[] = []): Response | Promise<Response> {
  const { state, context, now } = call
  if (!state.guard) return guardNeeded(call, name)
  const policy = state.externalUserPolicies[name]
  if (wantsJson(context))
    return problems.length === 0 ? context.json(externalDocument(name, policy)) : context.json({ problems }, 400)
  const pending = policy.effectiveAt > now
  const body = html`${problemList(problems)}
    ${
      pending
        ? html`<p class="notice" role="status">
            The last change takes effect at ${iso(policy.effectiveAt)}. Until then the authorization method is
            ${effectiveSettings(policy, now).authorizationMethod}.
          </p>`
        : ''
    }
    <p>
      ${name === 'external' ? 'Applies to every external user.' : 'Applies to the external users named here, five at most.'}
    </p>
    <form method="post" action="${consolePath(state)}/external-users/${name}">
      ${fields(policy).map(control)}
      ${
        name === 'external'
          ? ''
          : html`<label for="testUsers">Test users</label>
              <textarea id="testUsers" name="testUsers" rows="5">${policy.testUsers.join('\n')}</textarea>`
      }
      <button>Save settings</button>
    </form>`
  const page = { title: titles[name], state, section: `/external-users/${name}`, body }
  return show(context, page, problems.length === 0 ? 200 : 400)
}

/** An edit takes about 10 minutes to take effect (ref 5.2). */
function save(call: ConsoleCall, name: Name): Response | Promise<Response> {
  const { state, now, world, form, context } = call
  if (!state.guard) return guardNeeded(call, name)
  const policy = state.externalUserPolicies[name]
  const { problems, settings, testUsers } = edited(state, policy, form)
  if (problems.length > 0) return showPolicy(call, name, problems)
  policy.previous = effectiveSettings(policy, now)
  policy.settings = settings
  policy.effectiveAt = now + world.switches.externalPolicyEffectiveAfterMilliseconds
  if (name === 'test') policy.testUsers = testUsers
  leaveEvent(world, {
    action: name === 'external' ? 'external_user_policy_updated' : 'external_user_test_policy_updated',
    actor: actorOfCall(call),
    context: [{ id: name, type: 'external-user-policies', attributes: { name: titles[name] } }],
  })
  return back(context, `${consolePath(state)}/external-users/${name}`)
}

const nameOf = ({ context }: ConsoleCall): Name | undefined =>
  (['external', 'test'] as const).find(name => name === context.req.param('name'))

const withName =
  (handle: (call: ConsoleCall, name: Name) => Response | Promise<Response>) =>
  (call: ConsoleCall): Response | Promise<Response> => {
    const name = nameOf(call)
    return name === undefined ? missing(call.context) : handle(call, name)
  }

/** Pages of the external user policy and of the test policy: no API reads or writes them (ref 0). */
export function externalUserPages(app: Hono, world: World): void {
  const path = '/console/o/:org/external-users/:name'
  app
    .get(
      path,
      forOrganization(
        world,
        withName((call, name) => showPolicy(call, name)),
      ),
    )
    .post(path, forOrganization(world, withName(save)))
}
