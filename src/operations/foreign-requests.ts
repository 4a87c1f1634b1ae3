import canonicalize from 'canonicalize'
import { moveRequests } from '../engine/move-steps.ts'
import { accessRequest } from '../kinds/access-rules.ts'
import { isKindName, kindNamed } from '../kinds/index.ts'
import { formatAddress } from '../model/address.ts'
import type { ApiRequest } from '../model/api-request.ts'
import { isObject, type JsonObject } from '../model/json.ts'
import type { SavedPlan, Step } from '../model/plan.ts'
import { addUsersBatch } from '../org/assumptions.ts'

/**
 * Requests of a plan file that its steps do not come to: each step is turned into requests again, from the documents and the objects in the file. The digest shows a slip of the hand; whoever edits
 * on purpose can make it anew, and must not be able to send what the steps do not show.
 */
export function foreignRequests(plan: SavedPlan): readonly ApiRequest[] {
  return plan.steps.flatMap(step => {
    const { requests = [] } = step
    const own = requests.length === 0 ? [] : requestsOf(step, plan)
    return requests.filter((request, index) => canonicalize(request) !== canonicalize(own[index]))
  })
}

function requestsOf(step: Step, { organization, desired, before }: SavedPlan): readonly ApiRequest[] {
  const { channel, kind, name, action, accounts = [], changes } = step
  if (channel !== 'api' || !isKindName(kind)) return []
  if (action === 'move') {
    const into = desired.ids[name]
    return into === undefined ? [] : moveRequests(organization.id, into, accounts, addUsersBatch)
  }
  if (action === 'suspend' || action === 'restore')
    return accounts.map(({ account }) => accessRequest(organization.id, action, account.accountId ?? ''))
  const { write } = kindNamed(kind)
  const address = formatAddress(step)
  const spec = desired.documents[address]
  const live = observedIn(step, before.objects[address])
  const surroundings = { organizationId: organization.id, consoleUrl: '', ...(live && { id: live.id }) }
  if (action === 'create') return spec === undefined ? [] : (write?.({ action, spec: spec }, surroundings) ?? [])
  if (live === undefined) return []
  if (action === 'delete') return write?.({ action, live }, surroundings) ?? []
  if (action !== 'update' || spec === undefined) return []
  return write?.({ action, spec: spec, live, fields: changes }, surroundings) ?? []
}

/** An object as the plan keeps it. */
function observedIn({ kind, name }: Step, image: JsonObject | null | undefined) {
  if (!isObject(image)) return undefined
  const { id, fields, raw } = image
  return typeof id === 'string' && isObject(fields) && isObject(raw)
    ? { address: { kind, name }, id, fields, raw }
    : undefined
}
