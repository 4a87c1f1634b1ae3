import { foldEmail } from '../../model/account.ts'
import type { Role, SignIn } from './lock-out.ts'
import type { AccountState, ExternalState, PolicyState, Situation, World } from './world.ts'

/**
 * Whether an account can sign in. It cannot where it is suspended; where enforced single sign-on sends it to an identity provider whose certificate has ended, or that
 * does not fill its directory; where it is external and is sent to an identity provider of the organization at all. A break-glass account must do without
 * any identity provider, and without a mailbox that needs one. API tokens and keys are no sign-in.
 */
export function signIn({ world, state }: Situation, role: Role): SignIn {
  if (state.shut !== undefined) return no(`it is ${state.shut}`)
  return state.managed ? managed(world, state, role) : external(world, state, role)
}

const open: SignIn = { can: 'yes', through: null }

const no = (reason: string): SignIn => ({ can: 'no', reason })

const unsure = (reason: string): SignIn => ({ can: 'unknown', reason })

function managed(world: World, state: AccountState, role: Role): SignIn {
  const policy = world.policies.get(state.policy ?? '')
  if (policy === undefined) return unsure('the policy it is in is not known')
  if (policy.singleSignOn === 'off') return open
  const sent = through(world, state, policy, role)
  if (policy.singleSignOn === 'enforced') return sent
  // Only in the directory of an identity provider can it be enforced.
  return policy.directoryProvider === null ? open : either([open, sent])
}

function through(world: World, { home }: AccountState, policy: PolicyState, role: Role): SignIn {
  const provider = policy.provider ?? policy.directoryProvider ?? undefined
  const name = provider ?? 'an identity provider'
  if (role === 'break-glass') return no(`single sign-on sends it to ${name}, which is what it must do without`)
  if (home === null) return no(`single sign-on sends it to ${name}, which does not fill its directory`)
  const ended = provider === undefined ? undefined : world.expired.get(provider)
  if (ended !== undefined) return no(`the certificate of ${name} ended on ${ended}`)
  if (provider === undefined && world.expired.size > 0)
    return unsure(`it is not known which identity provider it is sent to, and the certificate of one has ended`)
  if (home !== undefined && provider !== undefined && home !== provider)
    return unsure(`single sign-on sends it to ${name}, and ${home} fills its directory`)
  return { can: 'yes', ...(provider !== undefined && { through: provider }) }
}

function external(world: World, state: AccountState, role: Role): SignIn {
  const email = foldEmail(state.account.email)
  const { external: all, test } = world
  const policies = world.testUsers.has(email) ? [test] : world.maybeTestUsers.has(email) ? [all, test] : [all]
  return either(policies.map(policy => asked(policy, state, role)))
}

function asked({ method, provider = 'an identity provider' }: ExternalState, state: AccountState, role: Role): SignIn {
  switch (method) {
    case 'none':
      return open
    case 'one-time-passcode':
      return passcode(state, role)
    case 'single-sign-on':
      return no(`single sign-on sends it to ${provider}, which does not know accounts of other organizations`)
    case undefined:
      return either([open, passcode(state, role), asked({ method: 'single-sign-on', provider }, state, role)])
  }
}

function passcode({ mailbox }: AccountState, role: Role): SignIn {
  if (mailbox === 'dependent')
    return role === 'break-glass'
      ? no('its passcode goes to a mailbox that depends on the identity provider')
      : { can: 'yes' }
  if (mailbox === undefined && role === 'break-glass')
    return unsure('its passcode goes to a mailbox that is not declared independent')
  return open
}

/** What holds where one of these is so and nobody knows which. */
function either(possible: readonly SignIn[]): SignIn {
  const [first] = possible
  if (first === undefined) return unsure('nothing is known')
  if (possible.every(({ can }) => can === first.can)) {
    const agreed = possible.every(other => other.through === first.through)
    return agreed ? first : { can: first.can, ...(first.reason !== undefined && { reason: first.reason }) }
  }
  const against = possible.find(({ can }) => can === 'no') ?? possible.find(({ can }) => can === 'unknown')
  return unsure(against?.reason ?? '')
}
