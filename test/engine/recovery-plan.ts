import type { Organization } from '../../src/kinds/organization.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { SavedPlan, Step } from '../../src/model/plan.ts'
import { plan } from '../render/plans.ts'
import { organizationId } from './documents.ts'

export const place = { consoleUrl: 'https://admin.example', run: '20261124T120000Z-1a2b3c' }

export const organization: Organization = {
  kind: 'Organization',
  name: 'acme',
  id: organizationId,
  breakGlass: ['root@acme.com', { account: 'Root@acme-emergency.example', mailbox: 'independent' }],
}

/** A step with what a test does not care about filled in. */
export const step = (more: Partial<Step> & Pick<Step, 'action' | 'kind' | 'name'>): Step => ({
  id: `${more.channel ?? 'api'}/${more.action}/${more.kind}/${more.name}`,
  status: 'ready',
  dependsOn: [],
  channel: 'api',
  direction: 'tightens',
  changes: [],
  ...more,
})

export const people = (
  count: number,
  first = 'user',
): readonly { readonly accountId: string; readonly email: string }[] =>
  Array.from({ length: count }, (_, index) => {
    const name = `${first}${String(index).padStart(3, '0')}`
    return { accountId: `id-${name}`, email: `${name}@acme.com` }
  })

const staff: JsonObject = {
  kind: 'AuthenticationPolicy',
  name: 'Staff behind Okta',
  directory: 'Staff',
  settings: { singleSignOn: 'enforced', apiTokens: 'allow' },
}
const rest: JsonObject = {
  kind: 'AuthenticationPolicy',
  name: 'Rest',
  directory: 'local',
  settings: { singleSignOn: 'off' },
}

/** A plan of these steps. `Rest` and `Staff behind Okta` are declared and have ids. */
export const savedPlan = (steps: readonly Step[], more: Partial<SavedPlan> = {}): SavedPlan => ({
  ...plan,
  organization: { name: 'acme', id: organizationId },
  digest: '758c7d6a46d4f83588b0903cf3074b67460e66547b1299896c4ab4faeaac9908',
  steps,
  wayBack: {
    admins: [{ email: 'ada@acme.com' }, { email: 'bo@acme.com' }],
    breakGlass: [{ email: 'root@acme.com' }, { email: 'root@acme-emergency.example' }],
  },
  desired: {
    documents: {
      'Organization/acme': organization,
      'AuthenticationPolicy/Staff behind Okta': staff,
      'AuthenticationPolicy/Rest': rest,
      'IpAllowlist/Office': { kind: 'IpAllowlist', name: 'Office', ranges: ['203.0.113.0/24', '2001:db8::/48'] },
    },
    policyOf: {},
    ids: { 'Staff behind Okta': 'p-staff', Rest: 'p-rest' },
  },
  before: { policyOf: {}, objects: {} },
  ...more,
})

export const move = (count: number, from = 'Rest', more: Partial<Step> = {}): Step =>
  step({
    action: 'move',
    kind: 'AuthenticationPolicy',
    name: 'Staff behind Okta',
    accounts: people(count).map(account => ({ account, from })),
    ...more,
  })

export const suspend = step({
  action: 'suspend',
  kind: 'ExternalUserPolicy',
  name: 'external',
  accounts: [{ account: { accountId: 'x', email: 'sam@partner.example' }, from: 'active' }],
})

export const allowlist = (action: 'create' | 'update' | 'delete', changes: Step['changes']): Step =>
  step({
    action,
    kind: 'IpAllowlist',
    name: 'Office',
    changes,
    direction: action === 'delete' ? 'loosens' : 'tightens',
  })

/** A step in the console that sets one field. */
export const page = (
  action: 'update' | 'confirm' | 'create',
  path: string,
  before: string | undefined,
  after: string,
): Step =>
  step({
    channel: 'console',
    action,
    kind: 'ExternalUserPolicy',
    name: 'external',
    direction: action === 'confirm' ? 'unknown' : 'tightens',
    changes: [{ path, ...(before !== undefined && { before }), after }],
    console: {
      url: 'https://admin.example/o/1/external-users/external',
      clicks: ['Security', 'External users', 'External user policy'],
      settings: [{ path, label: 'A setting', ...(before !== undefined && { from: before }), to: after }],
      affects: 'every external account',
      verify: [],
    },
  })
