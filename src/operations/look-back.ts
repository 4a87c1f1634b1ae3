import { isKindName, kindNamed } from '../kinds/index.ts'
import type { Observed } from '../kinds/contract.ts'
import type { ApiRequest } from '../model/api-request.ts'
import { isObject, textOf } from '../model/json.ts'
import type { Step } from '../model/plan.ts'
import { appliedStatuses } from '../org/assumptions.ts'
import type { OrgClient } from '../org/client.ts'
import { isOrgError } from '../org/org-error.ts'
import type { Wait } from './look-until-done.ts'
import { sameField } from '../engine/same-field.ts'

/** Whether a request whose answer was lost was carried out, as far as reading shows. */
export interface LookedBack {
  readonly carriedOut: boolean
  /** The id of what it made. */
  readonly createdId?: string
}

/** Pauses between looks. **Inferred**: how soon a listing shows what was made is not documented. */
const pauses = [0, 500, 1_500, 3_000] as const

/** Pauses between further looks at what is seen and not in effect yet. **Inferred**: as little is documented of that. */
const settlingPauses = [5_000, 10_000, 20_000, 30_000] as const

/**
 * Looks whether a request about an object took effect although its answer was lost. A move is not looked for here: its step reads every membership back. Looks a few times, since a listing may lag
 * behind; that nothing is seen then is no proof that nothing will come.
 */
export async function lookBack(client: OrgClient, step: Step, request: ApiRequest, wait: Wait): Promise<LookedBack> {
  let seen: Seen = { state: 'no' }
  for (const [index, pause] of [...pauses, ...settlingPauses].entries()) {
    if (index >= pauses.length && seen.state !== 'settling') break
    if (pause > 0) await wait(pause)
    seen = await look(client, step, request)
    if (seen.state === 'yes')
      return { carriedOut: true, ...(seen.createdId !== undefined && { createdId: seen.createdId }) }
  }
  return { carriedOut: false }
}

/** Whether a request is seen to be in effect, is on its way there, or is not seen. */
interface Seen {
  readonly state: 'yes' | 'settling' | 'no'
  readonly createdId?: string
}

async function look(client: OrgClient, step: Step, { method, path, body }: ApiRequest): Promise<Seen> {
  const resource = /\/policies\/([^/?]+)\/resources(?:\/([^/?]+))?$/.exec(path)
  if (resource !== null) {
    const [, policyId = '', encoded] = resource
    const wanted =
      encoded === undefined ? (isObject(body) ? textOf(body['id'] ?? null) : '') : decodeURIComponent(encoded)
    const found = (await client.policyResources(policyId).catch(gone))?.find(({ id }) => id === wanted)
    const { applicationStatus: status } = found ?? {}
    if (method !== 'DELETE') return { state: found === undefined ? 'no' : effectOf([found]) }
    return { state: found === undefined ? 'yes' : status === 'removing' ? 'settling' : 'no' }
  }
  const object = await objectOf(client, step)
  if (method === 'DELETE') return { state: object === undefined ? 'yes' : 'no' }
  if (object === undefined) return { state: 'no' }
  if (method === 'POST') return { state: 'yes', createdId: object.id }
  const own = step.changes.filter(change => change.path !== 'resources')
  if (!own.every(change => sameField(step.kind, change.path, object.fields[change.path], change.after)))
    return { state: 'no' }
  // A policy shows its new rule before that is in effect where it guards something, and where it never will be.
  return { state: effectOf((await client.policyResources(object.id).catch(gone)) ?? []) }
}

const effectOf = (resources: readonly { readonly applicationStatus?: string }[]): Seen['state'] =>
  resources.every(({ applicationStatus: status }) => status === undefined || appliedStatuses.has(status))
    ? 'yes'
    : resources.some(({ applicationStatus: status }) => status === 'failed' || status === 'removing')
      ? 'no'
      : 'settling'

/** The object that a step is about, as the API shows it now. */
export async function objectOf(client: OrgClient, { kind, name }: Step): Promise<Observed | undefined> {
  const observe = isKindName(kind) ? kindNamed(kind).observe : undefined
  return (await observe?.(client, new Set([name])))?.find(({ address }) => address.name === name)
}

function gone(error: unknown): undefined {
  if (isOrgError(error, 'org/not-found')) return undefined
  throw error
}
