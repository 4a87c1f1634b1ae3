import { isIP } from 'node:net'
import { isObject, isStrings, type JsonObject } from '../../model/json.ts'
import { keyActor, leaveEvent } from '../audit.ts'
import type { AuditActionId } from '../audit-actions.ts'
import { iso } from '../moments.ts'
import { badBody, notFound } from '../refusal.ts'
import { bodyObject, requiredText, textOf, type Call } from '../route.ts'
import type { ControlPolicy, PolicyResource } from '../state.ts'

/** Which policies an operation serves: those of v1, those of v2, or the old twin of v1 that embeds resources (ref 1.1). */
export type PolicyApi = 'v1' | 'v2' | 'organizations'

/** The types that can be written (ref 1.2), and the API that writes them. */
const writers: Readonly<Record<string, 'v1' | 'v2'>> = {
  'ip-allowlist': 'v1',
  'data-residency': 'v1',
  'data-security': 'v2',
}

/** v2 has data-security, v1 everything else. */
const serves = (api: PolicyApi, { type }: ControlPolicy): boolean => (type === 'data-security') === (api === 'v2')

/** Without Guard these collections are not there [inferred from ref 1.1: treat 404 as "feature off"]. */
function needPolicies({ state }: Call): void {
  if (!state.guard) throw notFound('ADMIN-404-1', 'policies are not available to this organization')
}

/** The policies of an API, of one type if the call asks for one. */
export function policiesOf(call: Call, api: PolicyApi): ControlPolicy[] {
  needPolicies(call)
  const type = call.query.get('type')
  return call.state.controlPolicies.filter(policy => serves(api, policy) && (type === null || policy.type === type))
}

/** The policy that the path names. */
export function policyOfPath(call: Call, api: PolicyApi): ControlPolicy {
  needPolicies(call)
  const policy = call.state.controlPolicies.find(({ id }) => id === call.param('policyId'))
  if (policy === undefined || !serves(api, policy)) throw notFound('ADMIN-404-5', 'no such policy')
  return policy
}

/** A resource of a policy (ref 1.3). */
export const resourceJson = ({ id, status, meta, links }: PolicyResource): object => ({
  id,
  applicationStatus: status,
  meta,
  links,
})

/** A policy (ref 1.3), with its resources inside in the Organizations API only. */
export function policyJson({ world }: Call, policy: ControlPolicy, api: PolicyApi): object {
  const { id, type, name, status, resources, createdAt, updatedAt } = policy
  const rule = api === 'v2' ? (policy.draft?.rule ?? policy.rule) : policy.rule
  return {
    id,
    type: 'policy',
    attributes: {
      type,
      name: policy.draft?.name ?? name,
      status,
      rule: world.switches.ruleAsArray ? [rule] : rule,
      ...(api === 'organizations' && { resources: resources.map(resourceJson) }),
      ...(type === 'data-security' && {
        metadata: { policyCoverageLevel: resources.length === 0 ? 'UNASSIGNED' : 'ASSIGNED' },
      }),
      createdAt: iso(createdAt),
      updatedAt: updatedAt === createdAt ? null : iso(updatedAt),
      // Members that no reference names are always there (ref 8.10).
      queryData: null,
      previewFlags: ['none'],
    },
  }
}

/** What a write wants a policy to be. */
export interface WantedPolicy {
  readonly type: string
  readonly name: string
  readonly status: string | undefined
  readonly rule: JsonObject
  readonly resources: readonly string[] | undefined
}

/** Reads `{data: {type: 'policy', attributes: {type, name, status?, rule}}}` (ref 1.1 #2, ref 1.3). */
export function wantedPolicy(call: Call, api: PolicyApi): WantedPolicy {
  needPolicies(call)
  const { data } = bodyObject(call)
  if (!isObject(data) || !isObject(data['attributes'])) throw badBody('data.attributes must be an object')
  const attributes = data['attributes']
  const type = requiredText(attributes, 'type')
  if (writers[type] !== (api === 'v2' ? 'v2' : 'v1')) throw badBody(`${type} policies cannot be written here`)
  const { rule, resources } = attributes
  if (!isObject(rule)) throw badBody('data.attributes.rule must be an object')
  checkRule(type, rule)
  const status = textOf(attributes, 'status')
  if (status !== undefined && api !== 'v2' && status !== 'enabled' && status !== 'disabled')
    throw badBody('data.attributes.status must be enabled or disabled')
  return { type, name: requiredText(attributes, 'name'), status, rule, resources: resourceIds(resources) }
}

function resourceIds(resources: JsonObject[string] | undefined): string[] | undefined {
  if (resources === undefined) return undefined
  if (!Array.isArray(resources)) throw badBody('data.attributes.resources must be an array')
  return resources.map((resource: unknown) => {
    if (!isObject(resource)) throw badBody('a resource must be an object')
    return requiredText(resource, 'id')
  })
}

function checkRule(type: string, { in: values, allowMobileBypass }: JsonObject): void {
  if (type === 'data-security') return
  if (!isStrings(values)) throw badBody('rule.in must be an array of strings')
  if (allowMobileBypass !== undefined && typeof allowMobileBypass !== 'boolean')
    throw badBody('rule.allowMobileBypass must be a boolean')
  const wrong = type === 'ip-allowlist' ? values.find(value => !isRange(value)) : undefined
  if (wrong !== undefined) throw badBody(`rule.in holds ${wrong}, which is no address and no range`)
}

/** An address, or an address with the length of a prefix (ref 1.3). */
export function isRange(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}

/** A resource that is being applied from now on (ref 1.3). */
export function applying(
  { world, now }: Call,
  id: string,
  meta: JsonObject = {},
  links: JsonObject = {},
): PolicyResource {
  const { applyMilliseconds, applyOutcome } = world.switches
  return { id, status: 'applying', settlesTo: applyOutcome, settlesAt: now + applyMilliseconds, meta, links }
}

/** Takes a resource off a policy: it is gone after a while. */
export function removing({ world, now }: Call, resource: PolicyResource): void {
  resource.status = 'removing'
  resource.settlesTo = 'removed'
  resource.settlesAt = now + world.switches.applyMilliseconds
}

/** Leaves the event of a change of a policy, by the admin of the key. */
export function leavePolicyEvent(call: Call, action: AuditActionId, { id, type, name }: ControlPolicy): void {
  const context = [{ id, type: 'policies', attributes: { type, name } }]
  leaveEvent(call.world, { action, actor: keyActor(call.state, call.key), context })
}
