import { isKindName, kindNamed } from '../kinds/index.ts'
import type { Observed } from '../kinds/contract.ts'
import type { ApiRequest } from '../model/api-request.ts'
import { isObject, textOf } from '../model/json.ts'
import type { Step } from '../model/plan.ts'
import type { OrgClient } from '../org/client.ts'
import { isOrgError } from '../org/org-error.ts'
import type { Wait } from './look-until-done.ts'
import { sameField } from './object-standing.ts'

/** Whether a request whose answer was lost was carried out, as far as reading shows. */
export interface LookedBack {
  readonly carriedOut: boolean
  /** The id of what it made. */
  readonly createdId?: string
}

/** Pauses between looks. **Inferred**: how soon a listing shows what was made is not documented. */
const pauses = [0, 500, 1_500, 3_000] as const

/**
 * Looks whether a request about an object took effect although its answer was lost. A move is not looked for here: its step reads every membership back. Looks a few times, since a listing may lag
 * behind; that nothing is seen then is no proof that nothing will come.
 */
export async function lookBack(client: OrgClient, step: Step, request: ApiRequest, wait: Wait): Promise<LookedBack> {
  for (const pause of pauses) {
    if (pause > 0) await wait(pause)
    const seen = await look(client, step, request)
    if (seen.carriedOut) return seen
  }
  return { carriedOut: false }
}

async function look(client: OrgClient, step: Step, { method, path, body }: ApiRequest): Promise<LookedBack> {
  const resource = /\/policies\/([^/?]+)\/resources(?:\/([^/?]+))?$/.exec(path)
  if (resource !== null) {
    const [, policyId = '', encoded] = resource
    const wanted =
      encoded === undefined ? (isObject(body) ? textOf(body['id'] ?? null) : '') : decodeURIComponent(encoded)
    const attached = await client.policyResources(policyId).catch(gone)
    const found = attached?.find(({ id }) => id === wanted)
    const isThere = found !== undefined && found.applicationStatus !== 'removing'
    return { carriedOut: method === 'DELETE' ? !isThere : isThere }
  }
  const object = await objectOf(client, step)
  if (method === 'DELETE') return { carriedOut: object === undefined }
  if (object === undefined) return { carriedOut: false }
  if (method === 'POST') return { carriedOut: true, createdId: object.id }
  const own = step.changes.filter(change => change.path !== 'resources')
  return {
    carriedOut: own.every(change => sameField(step.kind, change.path, object.fields[change.path], change.after)),
  }
}

/** The object that a step is about, as the API shows it now. */
export async function objectOf(client: OrgClient, { kind, name }: Step): Promise<Observed | undefined> {
  const observe = isKindName(kind) ? kindNamed(kind).observe : undefined
  return (await observe?.(client, new Set([name])))?.find(({ address }) => address.name === name)
}

function gone(error: unknown): undefined {
  if (isOrgError(error, 'org/not-found')) return undefined
  throw error
}
