import { ConnectionFailure } from './connection-failure.ts'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { allItems } from './pages.ts'
import { appliedStatuses } from './assumptions.ts'
import { apiCall } from './api-call.ts'
import { callFacts } from './call-facts.ts'
import { createRhythm, type Following } from './following.ts'
import { OrgError, summaryOf } from './org-error.ts'
import { policyResourceShape, type PolicyResource } from './answers/policy-resource.ts'
import type { ApiCall, ApiResponse } from './send.ts'

/** Which resources a write touched. Without an id: all of the policy. */
export interface Touched {
  readonly policyId: string
  readonly resourceId?: string | undefined
  readonly removed: boolean
}

/**
 * Follows a write to resources until each is applied, or gone where it was removed (ref 1.3). Throws `org/not-applied`
 * where one failed; returns why it could not be followed to its end, or nothing.
 */
export async function followResources(
  following: Following,
  { policyId, resourceId, removed }: Touched,
  { call, response }: { readonly call: ApiCall; readonly response: ApiResponse },
): Promise<string | undefined> {
  const list = call.operation.version === 'v2' ? 'listPolicyResourcesV2' : 'listPolicyResources'
  const listing = apiCall(list, { orgId: following.orgId, policyId })
  const rhythm = createRhythm(following)
  let left: readonly PolicyResource[] = []
  try {
    while (await rhythm.next()) {
      const resources = await allItems(following.send, listing, policyResourceShape)
      const touched = resources.filter(({ id }) => resourceId === undefined || id === resourceId)
      const failed = touched.filter(({ applicationStatus }) => applicationStatus === 'failed').map(({ id }) => id)
      if (failed.length > 0) throw notApplied(call, response, failed)
      left = touched.filter(resource => removed || !isApplied(resource))
      const appeared = removed || resourceId === undefined || touched.length > 0
      if (left.length === 0 && appeared) return undefined
      // A migration that waits for its date is not worth waiting for.
      if (left.length > 0 && left.every(({ applicationStatus }) => applicationStatus === 'scheduled')) break
    }
  } catch (error) {
    if (error instanceof ConnectionFailure) return 'the run was stopped before it was seen to take effect'
    if (!(error instanceof OrgError) || error.diagnostic.code === 'org/not-applied') throw error
    return summaryOf(error.diagnostic)
  }
  const states = left.map(({ id, applicationStatus = 'without a state' }) => `${id} (${applicationStatus})`)
  return `accepted, but not in effect yet: ${states.length === 0 ? (resourceId ?? policyId) : states.join(', ')}`
}

const isApplied = ({ applicationStatus }: PolicyResource): boolean =>
  applicationStatus === undefined || appliedStatuses.has(applicationStatus)

const notApplied = (call: ApiCall, response: ApiResponse, resources: readonly string[]): OrgError =>
  new OrgError(diagnostic('org/not-applied', { ...callFacts(call, response), resources }))
