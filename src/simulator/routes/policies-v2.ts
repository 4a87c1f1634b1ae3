import { isObject, type Json } from '../../model/json.ts'
import { badBody, notFound } from '../refusal.ts'
import { accepted, bodyObject, ok, requiredText, type Answer, type Call, type Route } from '../route.ts'
import type { ControlPolicy } from '../state.ts'
import { nextId } from '../world.ts'
import {
  applying,
  leavePolicyEvent,
  policiesOf,
  policyJson,
  policyOfPath,
  removing,
  resourceJson,
  wantedPolicy,
} from './control-policies.ts'
import { listPolicies, listResources, removeResources } from './policies-v1.ts'

const policies = '/admin/control/v2/orgs/:orgId/policies'

/** A new data-security policy is a draft until it is published (ref 1.1 #8). */
function createDraft(call: Call): Answer {
  const { type, name, rule } = wantedPolicy(call, 'v2')
  const policy: ControlPolicy = {
    id: nextId(call.world, 'control-policy'),
    type,
    name,
    status: 'draft',
    rule,
    draft: { name, rule },
    resources: [],
    createdAt: call.now,
    updatedAt: call.now,
  }
  call.state.controlPolicies.push(policy)
  leavePolicyEvent(call, 'policy_created', policy)
  return accepted({ data: policyJson(call, policy, 'v2') })
}

/** Changes the draft only: what is published stays as it is (ref 1.1 #10, #11). */
function updateDraft(call: Call): Answer {
  const policy = policyOfPath(call, 'v2')
  const { name, rule } = wantedPolicy(call, 'v2')
  policy.draft = { name, rule }
  policy.updatedAt = call.now
  return accepted({ data: policyJson(call, policy, 'v2') })
}

/** Body by a single weak source: `{ruleName, policyOperations: [{policyId, action}]}` (ref 1.3). */
function publish(call: Call): Answer {
  const body = bodyObject(call)
  requiredText(body, 'ruleName')
  const { policyOperations } = body
  if (!Array.isArray(policyOperations)) throw badBody('policyOperations must be an array')
  const known = policiesOf(call, 'v2')
  const named = (policyOperations as readonly Json[]).map(operation => {
    if (!isObject(operation)) throw badBody('a policy operation must be an object')
    requiredText(operation, 'action')
    const policy = known.find(({ id }) => id === operation['policyId'])
    if (policy === undefined) throw notFound('ADMIN-404-5', 'no such policy')
    return policy
  })
  for (const policy of named) {
    Object.assign(policy, { ...policy.draft, draft: undefined, status: 'active', updatedAt: call.now })
    leavePolicyEvent(call, 'policy_updated', policy)
  }
  return accepted()
}

const idsIn = (list: Json | undefined, name: string): readonly string[] => {
  if (list === undefined) return []
  if (!Array.isArray(list)) throw badBody(`${name} must be an array`)
  return (list as readonly Json[]).map(item => {
    if (!isObject(item)) throw badBody(`${name} must hold objects`)
    return requiredText(item, 'id')
  })
}

/** Attaches and detaches in bulk (ref 1.1 #18); the shape of the body is not documented [inferred]. */
function changeResources(call: Call): Answer {
  const policy = policyOfPath(call, 'v2')
  const { attach, detach } = bodyObject(call)
  for (const id of idsIn(attach, 'attach'))
    policy.resources = [...policy.resources.filter(resource => resource.id !== id), applying(call, id)]
  const leaving = new Set(idsIn(detach, 'detach'))
  for (const resource of policy.resources) if (leaving.has(resource.id)) removing(call, resource)
  leavePolicyEvent(call, 'policy_updated', policy)
  return accepted({ data: policy.resources.map(resourceJson) })
}

const read = { scope: 'read:policies:admin' }
const write = { scope: 'write:policies:admin' }

/** Policies of the Control API v2: data-security, from draft to published (ref 1.1). */
export const policyV2Routes: readonly Route[] = [
  { method: 'GET', path: policies, ...read, answer: call => listPolicies(call, 'v2') }, // ref 1.1 #7
  { method: 'POST', path: policies, ...write, answer: createDraft }, // ref 1.1 #8
  {
    method: 'GET', // ref 1.1 #9
    path: `${policies}/:policyId`,
    ...read,
    answer: call => ok({ data: policyJson(call, policyOfPath(call, 'v2'), 'v2') }),
  },
  { method: 'PUT', path: `${policies}/:policyId`, ...write, answer: updateDraft }, // ref 1.1 #10
  { method: 'POST', path: `${policies}/publishDraftPolicies`, ...write, answer: publish }, // ref 1.1 #11
  {
    method: 'GET', // ref 1.1 #17
    path: `${policies}/:policyId/resources`,
    ...read,
    answer: call => listResources(call, 'v2'),
  },
  { method: 'POST', path: `${policies}/:policyId/resources`, ...write, answer: changeResources }, // ref 1.1 #18
  {
    method: 'DELETE', // ref 1.1 #19
    path: `${policies}/:policyId/resources`,
    ...write,
    answer: call => removeResources(call, 'v2'),
  },
]
