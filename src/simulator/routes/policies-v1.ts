import { pageControl, partOf } from '../listing.ts'
import { badBody, notFound } from '../refusal.ts'
import { accepted, bodyObject, ok, requiredText, type Answer, type Call, type Route } from '../route.ts'
import { isObject } from '../../model/json.ts'
import type { ControlPolicy, PolicyResource } from '../state.ts'
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
  type PolicyApi,
} from './control-policies.ts'

/** The list of an API's policies. */
export function listPolicies(call: Call, api: PolicyApi): Answer {
  const size = call.world.switches.pageSizes.control
  const part = partOf(call, { items: policiesOf(call, api), size })
  return ok(pageControl(part, size, policy => policyJson(call, policy, api)))
}

/** The resources of a policy. No cursor is documented: they come at once (ref 1.1 #12). */
export function listResources(call: Call, api: PolicyApi): Answer {
  const { resources } = policyOfPath(call, api)
  return ok({ data: resources.map(resourceJson), meta: { page_size: resources.length }, links: { self: '' } })
}

/** Takes all resources off a policy. */
export function removeResources(call: Call, api: PolicyApi): Answer {
  const policy = policyOfPath(call, api)
  for (const resource of policy.resources) removing(call, resource)
  leavePolicyEvent(call, 'policy_updated', policy)
  return accepted()
}

function create(call: Call, api: PolicyApi): Answer {
  const { type, name, status = 'enabled', rule, resources = [] } = wantedPolicy(call, api)
  const policy: ControlPolicy = {
    id: nextId(call.world, 'control-policy'),
    type,
    name,
    status,
    rule,
    draft: undefined,
    resources: resources.map(id => applying(call, id)),
    createdAt: call.now,
    updatedAt: call.now,
  }
  call.state.controlPolicies.push(policy)
  leavePolicyEvent(call, 'policy_created', policy)
  return accepted({ data: policyJson(call, policy, api) })
}

/** The last writer wins: there is no version to send along (ref 1.3). A changed rule is applied to every resource again. */
function update(call: Call, api: PolicyApi): Answer {
  const policy = policyOfPath(call, api)
  const wanted = wantedPolicy(call, api)
  if (wanted.type !== policy.type) throw badBody('the type of a policy cannot change')
  policy.name = wanted.name
  policy.status = wanted.status ?? policy.status
  policy.rule = wanted.rule
  policy.updatedAt = call.now
  const ids = wanted.resources ?? policy.resources.map(({ id }) => id)
  policy.resources = ids.map(id => {
    const known = policy.resources.find(resource => resource.id === id)
    return applying(call, id, known?.meta, known?.links)
  })
  leavePolicyEvent(call, 'policy_updated', policy)
  return accepted({ data: policyJson(call, policy, api) })
}

function destroy(call: Call, api: PolicyApi): Answer {
  const policy = policyOfPath(call, api)
  call.state.controlPolicies = call.state.controlPolicies.filter(({ id }) => id !== policy.id)
  leavePolicyEvent(call, 'policy_deleted', policy)
  const status = call.world.switches.policyDeleteStatus
  return status === 204 ? { status } : { status, body: {} }
}

function addResource(call: Call, api: PolicyApi): Answer {
  const policy = policyOfPath(call, api)
  const body = bodyObject(call)
  const id = requiredText(body, 'id')
  if (!id.startsWith('ari:')) throw badBody('id must be an ARI')
  const { meta, links } = body
  const resource = applying(call, id, isObject(meta) ? meta : {}, isObject(links) ? links : {})
  policy.resources = [...policy.resources.filter(known => known.id !== id), resource]
  leavePolicyEvent(call, 'policy_updated', policy)
  return accepted({ data: resourceJson(resource) })
}

function changeResource(call: Call, api: PolicyApi, change: (resource: PolicyResource) => void): Answer {
  const policy = policyOfPath(call, api)
  const resource = policy.resources.find(({ id }) => id === call.param('resourceId'))
  if (resource === undefined) throw notFound('ADMIN-404-1', 'no such resource')
  change(resource)
  leavePolicyEvent(call, 'policy_updated', policy)
  return accepted({ data: resourceJson(resource) })
}

function updateResource(call: Call, api: PolicyApi): Answer {
  const { meta, links } = bodyObject(call, 'optional')
  return changeResource(call, api, resource => {
    if (isObject(meta)) resource.meta = meta
    if (isObject(links)) resource.links = links
  })
}

const read = { scope: 'read:policies:admin' }
const write = { scope: 'write:policies:admin' }

/** The operations of v1 under one base: the Control API, and its older twin in the Organizations API (ref 1.1). */
function routesUnder(base: string, api: PolicyApi): readonly Route[] {
  const one = `${base}/:policyId`
  const resources = `${one}/resources`
  return [
    { method: 'GET', path: base, ...read, answer: call => listPolicies(call, api) }, // ref 1.1 #1
    { method: 'POST', path: base, ...write, answer: call => create(call, api) }, // ref 1.1 #2
    {
      method: 'GET', // ref 1.1 #3
      path: one,
      ...read,
      answer: call => ok({ data: policyJson(call, policyOfPath(call, api), api) }),
    },
    { method: 'PUT', path: one, ...write, answer: call => update(call, api) }, // ref 1.1 #4
    { method: 'DELETE', path: one, scope: 'delete:policies:admin', answer: call => destroy(call, api) }, // ref 1.1 #5
    {
      method: 'GET', // ref 1.1 #6: looks like a read, but queues a job
      path: `${one}/validate`,
      ...read,
      answer: call => {
        for (const resource of policyOfPath(call, api).resources) {
          Object.assign(resource, {
            ...applying(call, resource.id, resource.meta, resource.links),
            status: 'validating',
          })
        }
        return accepted()
      },
    },
    { method: 'GET', path: resources, ...read, answer: call => listResources(call, api) }, // ref 1.1 #12
    { method: 'POST', path: resources, ...write, answer: call => addResource(call, api) }, // ref 1.1 #13
    { method: 'DELETE', path: resources, ...write, answer: call => removeResources(call, api) }, // ref 1.1 #14
    { method: 'PUT', path: `${resources}/:resourceId`, ...write, answer: call => updateResource(call, api) }, // ref 1.1 #15
    {
      method: 'DELETE', // ref 1.1 #16
      path: `${resources}/:resourceId`,
      ...write,
      answer: call => changeResource(call, api, resource => removing(call, resource)),
    },
  ]
}

/** Policies of the Control API v1, and the same ones under `/admin/v1/orgs/{orgId}/policies` (ref 1.1). */
export const policyV1Routes: readonly Route[] = [
  ...routesUnder('/admin/control/v1/orgs/:orgId/policies', 'v1'),
  ...routesUnder('/admin/v1/orgs/:orgId/policies', 'organizations'),
]
