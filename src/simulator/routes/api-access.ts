import { keyActor, leaveEvent } from '../audit.ts'
import { limitOf, pageV2, partOf } from '../listing.ts'
import { iso } from '../moments.ts'
import { notFound } from '../refusal.ts'
import { bodyObject, ok, textsOf, type Answer, type Call, type Route } from '../route.ts'
import { tokenStatus } from '../token-status.ts'

const base = '/admin/api-access/v1/orgs/:orgId'

function tokens(call: Call): Answer {
  const part = partOf(call, { items: call.state.apiTokens, size: limitOf(call, 100, 1000, 'pageSize') })
  return ok(
    pageV2(part, token => ({
      id: token.id,
      label: token.label,
      status: tokenStatus(call.world, token),
      createdAt: iso(token.createdAt),
      ...(token.expiresAt !== undefined && { expiresAt: iso(token.expiresAt) }),
      ...(token.lastActiveAt !== undefined && { lastActiveAt: iso(token.lastActiveAt) }),
      user: { id: token.accountId },
    })),
  )
}

/** Bulk revoke; the body is not documented: `{ids}`, or none for all [inferred]. */
function revokeTokens(call: Call): Answer {
  const { state, world } = call
  const ids = textsOf(bodyObject(call, 'optional'), 'ids')
  const going = state.apiTokens.filter(({ id }) => ids?.includes(id) ?? true)
  state.apiTokens = state.apiTokens.filter(token => !going.includes(token))
  for (const { id, label } of going) {
    const context = [{ id, type: 'api-tokens', attributes: { label } }]
    leaveEvent(world, { action: 'api_token_revoked', actor: keyActor(state, call.key), context })
  }
  return { status: 204 }
}

function keys(call: Call): Answer {
  const part = partOf(call, { items: call.state.apiKeys, size: limitOf(call, 100, 1000, 'pageSize') })
  return ok(
    pageV2(part, ({ id, label, scopes, ownerId, createdAt, expiresAt, revoked }) => ({
      id,
      label,
      status: revoked ? 'REVOKED' : expiresAt <= call.now ? 'EXPIRED' : 'ACTIVE',
      createdAt: iso(createdAt),
      expiresAt: iso(expiresAt),
      ...(scopes !== undefined && { scopes }),
      ...(ownerId !== undefined && { createdBy: { id: ownerId } }),
    })),
  )
}

function revokeKey(call: Call): Answer {
  const { state, world } = call
  const key = state.apiKeys.find(({ id }) => id === call.param('apiKeyId'))
  if (key === undefined) throw notFound('ADMIN-404-1', 'no such API key')
  key.revoked = true
  const context = [{ id: key.id, type: 'api-keys', attributes: { label: key.label } }]
  leaveEvent(world, { action: 'api_key_revoked', actor: keyActor(state, call.key), context })
  return { status: 204 }
}

const readTokens = { scope: 'read:tokens:admin' }
const readKeys = { scope: 'read:keys:admin' }

/** API access: tokens of people, keys of the organization (ref 3.2). */
export const apiAccessRoutes: readonly Route[] = [
  { method: 'GET', path: `${base}/api-tokens`, ...readTokens, answer: tokens }, // ref 3.2
  {
    method: 'GET', // ref 3.2
    path: `${base}/api-tokens/count`,
    ...readTokens,
    answer: call => ok({ count: call.state.apiTokens.length }),
  },
  { method: 'DELETE', path: `${base}/api-tokens`, scope: 'delete:tokens:admin', answer: revokeTokens }, // ref 3.2
  { method: 'GET', path: `${base}/api-keys`, ...readKeys, answer: keys }, // ref 3.2
  {
    method: 'GET', // ref 3.2
    path: `${base}/api-keys/count`,
    ...readKeys,
    answer: call => ok({ count: call.state.apiKeys.length }),
  },
  {
    method: 'PATCH', // ref 3.2
    path: `${base}/api-keys/revoke/:apiKeyId`,
    scope: 'delete:keys:admin',
    answer: revokeKey,
  },
  {
    method: 'POST', // ref 3.2: a POST that reads
    path: `${base}/service-accounts/count`,
    scope: 'read:service-accounts-tokens:admin',
    answer: () => ok({ count: 0 }),
  },
]
