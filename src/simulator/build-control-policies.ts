import type { Start } from './build-state.ts'
import { seededId } from './seeded-id.ts'
import type { Scenario, ScenarioControlPolicy } from './scenario.ts'
import type { ControlPolicy } from './state.ts'

const controlPolicy = (policy: ScenarioControlPolicy & { readonly type: string }, start: Start): ControlPolicy => ({
  id: policy.id ?? seededId(start.seed, `control-policy/${policy.type}/${policy.name}`),
  type: policy.type,
  name: policy.name,
  status: policy.status ?? (policy.type === 'data-security' ? 'active' : 'enabled'),
  rule: policy.rule,
  draft: undefined,
  resources: (policy.resources ?? []).map(id => ({
    id,
    status: 'applied',
    settlesTo: 'applied',
    settlesAt: start.now,
    meta: {},
    links: {},
  })),
  createdAt: start.now,
  updatedAt: start.now,
})

/** The control policies of a scenario (ref 1.2), with their resources applied. */
export const buildControlPolicies = (scenario: Scenario, start: Start): ControlPolicy[] =>
  [
    ...(scenario.ipAllowlists ?? []).map(policy => ({ ...policy, type: 'ip-allowlist' })),
    ...(scenario.controlPolicies ?? []),
  ].map(policy => controlPolicy(policy, start))

/** Types that every organization has and no document names: clients must get along with them (ref 1.2, ref 8.10). */
export const vendorTypes: readonly string[] = ['user-join-settings-default', 'session-recording']

/** One policy of each vendor type. */
export const vendorPolicies = (start: Start): ControlPolicy[] =>
  vendorTypes.map(type => controlPolicy({ type, name: `${type} policy`, rule: { scopeType: 'ORG', off: [] } }, start))
