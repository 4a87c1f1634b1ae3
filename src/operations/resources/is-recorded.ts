import { fingerprint } from '../../engine/digest.ts'
import type { Resource } from '../../kinds/resource.ts'
import { formatAddress, parseAddress } from '../../model/address.ts'
import { isObject, isStrings, type Json, type JsonObject } from '../../model/json.ts'
import { sha256 } from '../hash.ts'
import type { OrganizationView } from './organization-view.ts'
import { withoutMembers } from './without-members.ts'

/** The document of an object by itself. */
interface NamedDocument {
  readonly kind: string
  readonly name: string
  readonly spec: JsonObject
}

/** Whether the last apply recorded exactly this document, and this Organization: what it did not record is not governed, whatever a state says. Of a policy its members are left aside. */
export async function isRecorded(
  view: OrganizationView,
  organization: Resource<'Organization'>,
  document: NamedDocument | undefined,
): Promise<boolean> {
  const { lastApplied } = await view.state()
  const documents = lastApplied?.documents ?? {}
  if (document === undefined || !isSameOrganization(documents, organization)) return false
  const last = documents[formatAddress(document)]
  return last !== undefined && same(without(last, document.spec), document.spec)
}

/** The same for who is in which policy: the members of each, the requirements and the exceptions, and no others. */
export async function isMembershipRecorded(
  view: OrganizationView,
  organization: Resource<'Organization'>,
  documents: readonly NamedDocument[],
): Promise<boolean> {
  const { lastApplied } = await view.state()
  const last = lastApplied?.documents ?? {}
  if (!isSameOrganization(last, organization)) return false
  const said = (all: Readonly<Record<string, JsonObject>>): JsonObject =>
    Object.fromEntries(
      Object.entries(all).flatMap(([address, spec]): (readonly [string, JsonObject])[] => {
        const kind = parseAddress(address)?.kind
        if (kind === 'CoverageRequirement' || kind === 'Exception') return [[address, spec]]
        return kind === 'AuthenticationPolicy' && spec['members'] !== undefined
          ? [[address, { members: spec['members'] }]]
          : []
      }),
    )
  return same(said(last), said(Object.fromEntries(documents.map(one => [formatAddress(one), one.spec]))))
}

const isSameOrganization = (
  documents: Readonly<Record<string, JsonObject>>,
  { address, spec }: Resource<'Organization'>,
): boolean => {
  const last = documents[formatAddress(address)]
  return last !== undefined && same(last, spec)
}

/** What was recorded, without what others decide, and without the id where it was only found. */
function without(last: JsonObject, own: JsonObject): JsonObject {
  const left: Record<string, Json> = { ...withoutMembers(last) }
  if (own['id'] === undefined) Reflect.deleteProperty(left, 'id')
  return left
}

const same = (a: JsonObject, b: JsonObject): boolean =>
  fingerprint(sha256)(unordered(a)) === fingerprint(sha256)(unordered(b))

/** In no document has the order of texts a meaning, and Terraform has its own. */
function unordered(value: Json): Json {
  if (isStrings(value)) return [...value].sort()
  if (Array.isArray(value)) return (value as readonly Json[]).map(unordered)
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unordered(inner)]))
    : value
}
