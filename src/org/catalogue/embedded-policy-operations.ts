import type { Operation } from './operation.ts'

const policies = '/admin/v1/orgs/{orgId}/policies'
const policy = `${policies}/{policyId}` as const
const read = { version: 'v1', scope: 'read:policies:admin', effect: 'read' } as const
const write = { version: 'v1', scope: 'write:policies:admin', effect: 'write' } as const

/** The older twin of the Control API in the Organizations API, which embeds resources in policies (ref 1.1, 1.3). */
export const embeddedPolicyOperations = {
  listEmbeddedPolicies: { words: 'list policies', method: 'GET', path: policies, pagination: 'control', ...read },
  createEmbeddedPolicy: { words: 'create a policy', method: 'POST', path: policies, ...write },
  getEmbeddedPolicy: { words: 'read a policy', method: 'GET', path: policy, ...read },
  replaceEmbeddedPolicy: { words: 'replace a policy', method: 'PUT', path: policy, repeatable: true, ...write },
  deleteEmbeddedPolicy: {
    words: 'delete a policy',
    method: 'DELETE',
    path: policy,
    version: 'v1',
    scope: 'delete:policies:admin',
    effect: 'write',
    repeatable: true,
  },
  addEmbeddedResource: {
    words: 'add a resource to a policy',
    method: 'POST',
    path: `${policy}/resources`,
    ...write,
  },
  replaceEmbeddedResource: {
    words: 'replace a resource of a policy',
    method: 'PUT',
    path: `${policy}/resources/{resourceId}`,
    repeatable: true,
    ...write,
  },
  removeEmbeddedResource: {
    words: 'remove a resource of a policy',
    method: 'DELETE',
    path: `${policy}/resources/{resourceId}`,
    repeatable: true,
    ...write,
  },
  // A GET that queues a job, as in the Control API.
  validateEmbeddedPolicy: {
    words: 'validate a policy',
    method: 'GET',
    path: `${policy}/validate`,
    version: 'v1',
    scope: 'read:policies:admin',
    effect: 'write',
    repeatable: true,
  },
} as const satisfies Readonly<Record<string, Operation>>
