import type { LiveField } from '../../model/evidence.ts'
import { isStrings, type Json } from '../../model/json.ts'
import { foldEmail } from '../../model/account.ts'
import { formatAddress } from '../../model/address.ts'
import type { Step } from '../../model/plan.ts'
import { directoryProviders } from '../../kinds/directories.ts'
import { declaredTestUsers } from '../../kinds/external-membership.ts'
import type { Live, LiveAccount, LiveObject } from '../../kinds/live.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { AccountState, Effect, ExternalState, PolicyState, World } from './world.ts'

const singleSignOn = 'settings.singleSignOn'
const identityProvider = 'settings.identityProvider'
const authorizationMethod = 'settings.authorizationMethod'

type Fields = LiveObject['fields']

/** The world as evidence shows it, and how accounts stand in it. `recorded` is the policy that the ledger knows of an account, by id: it tells whose directory it is in. */
export function buildWorld(
  desired: Desired,
  live: Pick<Live, 'objects' | 'undeclared' | 'at'>,
  recorded: ReadonlyMap<string, string>,
): { readonly world: World; readonly stateOf: (account: LiveAccount, managed: boolean) => AccountState } {
  const objects = new Map(live.objects.map(object => [formatAddress(object.address), object]))
  const providers = directoryProviders(desired.organization.spec)
  const policies = new Map<string, PolicyState>()
  const keyOf = new Map<string, string>()
  for (const { id, address, fields } of live.undeclared) policies.set(id ?? address.name, policyState(fields))
  for (const { spec, address } of desired.AuthenticationPolicy) {
    const object = objects.get(formatAddress(address))
    policies.set(spec.name, {
      ...policyState(object?.fields ?? {}),
      directoryProvider: providers(spec.directory),
    })
    if (object?.id !== undefined) keyOf.set(object.id, spec.name)
  }
  const external = (name: string): Fields => objects.get(`ExternalUserPolicy/${name}`)?.fields ?? {}
  const users = external('test')['testUsers']
  const names = users === undefined || users.state === 'unknown' || !isStrings(users.value) ? [] : users.value
  const isCurrent = users?.state === 'known'
  const mailboxes = new Map(
    (desired.organization.spec.breakGlass ?? []).map(entry =>
      typeof entry === 'string' ? [foldEmail(entry), undefined] : [foldEmail(entry.account), entry.mailbox],
    ),
  )
  const today = live.at.slice(0, 10)
  return {
    world: {
      policies,
      external: externalState(external('external')),
      test: externalState(external('test')),
      testUsers: new Set(isCurrent ? names.map(foldEmail) : []),
      maybeTestUsers: new Set(isCurrent ? [] : [...names, ...(declaredTestUsers(desired) ?? [])].map(foldEmail)),
      expired: new Map(
        (desired.organization.spec.identityProviders ?? []).flatMap(({ name, certificateExpires: day }) =>
          day !== undefined && day < today ? [[name, day] as const] : [],
        ),
      ),
    },
    stateOf: ({ accountId, email, active, status, policyId }, managed) => {
      const policy = policyId === undefined ? undefined : (keyOf.get(policyId) ?? policyId)
      return {
        account: { accountId, email },
        managed,
        shut: active ? shutOut[status] : 'deactivated',
        policy: managed ? policy : undefined,
        home: managed ? policies.get(recorded.get(accountId) ?? policy ?? '')?.directoryProvider : undefined,
        mailbox: mailboxes.get(foldEmail(email)),
      }
    },
  }
}

const shutOut: Readonly<Record<LiveAccount['status'], string | undefined>> = {
  active: undefined,
  suspended: 'suspended',
  deactivated: 'deactivated',
  'not-in-directory': 'no longer in a directory of the organization',
}

/** What the steps do to this world, in their order. A step that changes nothing in it is not among them. */
export const effectsOf = (steps: readonly Step[]): readonly Effect[] => steps.flatMap(step => effectOf(step) ?? [])

function effectOf({ id, channel, action, kind, name, changes, accounts = [] }: Step): Effect | undefined {
  const ids = () => new Set(accounts.flatMap(({ account: { accountId } }) => accountId ?? []))
  if (action === 'move') return { step: id, type: 'move', accounts: ids(), into: name }
  if (action === 'suspend' || action === 'restore') return { step: id, type: action, accounts: ids() }
  if (channel !== 'console') return undefined
  const after = new Map(changes.map(change => [change.path, change.after]))
  const provider = text(after.get(identityProvider))
  if (kind === 'AuthenticationPolicy') {
    const sso = singleSignOnOf(after.get(singleSignOn))
    if (sso === undefined && provider === undefined) return undefined
    const set = { ...(sso && { singleSignOn: sso }), ...(provider !== undefined && { provider }) }
    return { step: id, type: 'policy', policy: name, set }
  }
  if (kind !== 'ExternalUserPolicy' || (name !== 'external' && name !== 'test')) return undefined
  const method = methodOf(after.get(authorizationMethod))
  const users = after.get('testUsers')
  if (method === undefined && provider === undefined && users === undefined) return undefined
  return {
    step: id,
    type: name,
    set: { ...(method && { method }), ...(provider !== undefined && { provider }) },
    ...(isStrings(users) && { testUsers: new Set(users.map(foldEmail)) }),
  }
}

const policyState = (fields: Fields): PolicyState => ({
  singleSignOn: singleSignOnOf(known(fields[singleSignOn])),
  provider: text(known(fields[identityProvider])),
})

const externalState = (fields: Fields): ExternalState => ({
  method: methodOf(known(fields[authorizationMethod])),
  provider: text(known(fields[identityProvider])),
})

/** Only current evidence tells what a setting is. */
const known = (field: LiveField | undefined): Json | undefined => (field?.state === 'known' ? field.value : undefined)

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

const singleSignOnOf = (value: Json | undefined): PolicyState['singleSignOn'] =>
  value === 'off' || value === 'enforced' ? value : undefined

const methodOf = (value: Json | undefined): ExternalState['method'] =>
  value === 'none' || value === 'one-time-passcode' || value === 'single-sign-on' ? value : undefined
