import type { CoverageRequirement } from '../kinds/coverage-requirement.ts'
import type { Organization } from '../kinds/organization.ts'
import type { JsonObject } from '../model/json.ts'
import { weakenedAccess } from './weakened-access.ts'
import { weakenedObject } from './weakened-object.ts'
import { weakenedOrganization } from './weakened-organization.ts'
import { weakenedRequirement } from './weakened-requirement.ts'

type Documents = Readonly<Record<string, JsonObject>>

/**
 * What the documents protect less than earlier ones, in words: limits and approvals, settings that were managed, objects, access rules and requirements.
 * Compared are the documents: no evidence is needed, and no step hides it. Nothing where there were none, such as before the first apply.
 */
export function weakened(earlier: Documents | undefined, proposed: Documents, now: Date): readonly string[] {
  if (earlier === undefined) return []
  return Object.keys(earlier)
    .sort()
    .flatMap(address => {
      const before = earlier[address]
      const after = before === undefined ? undefined : successor(address, before, proposed)
      return before === undefined ? [] : compared(address, before, after, now)
    })
}

function compared(address: string, before: JsonObject, after: JsonObject | undefined, now: Date): readonly string[] {
  switch (before['kind']) {
    case 'Organization':
      return after === undefined ? [] : weakenedOrganization(before as Organization, after as Organization, now)
    case 'AuthenticationPolicy':
    case 'IpAllowlist':
      return weakenedObject(address, before, after)
    case 'ExternalUserPolicy':
      return [...weakenedObject(address, before, after), ...weakenedAccess(address, before, after)]
    case 'CoverageRequirement':
      return weakenedRequirement(address, before as CoverageRequirement, after as CoverageRequirement | undefined)
    default:
      return []
  }
}

/** The document that has taken the place of another: of the same name, or of the same id. An organization has one, whatever its name. */
function successor(address: string, before: JsonObject, proposed: Documents): JsonObject | undefined {
  const same = Object.values(proposed).filter(({ kind }) => kind === before['kind'])
  if (before['kind'] === 'Organization') return same[0]
  const { id } = before
  return proposed[address] ?? (id === undefined ? undefined : same.find(other => other['id'] === id))
}
