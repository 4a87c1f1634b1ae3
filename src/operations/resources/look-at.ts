import { isError, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import { diff, type Difference } from '../../engine/diff.ts'
import type { LiveObject } from '../../kinds/live.ts'
import type { Resource } from '../../kinds/resource.ts'
import { formatAddress } from '../../model/address.ts'
import { desiredBeside } from '../desired-of.ts'
import type { OrganizationView } from './organization-view.ts'

/** One document beside what is live: by the API, or by evidence. */
export interface Looked {
  readonly object: LiveObject
  readonly difference: Difference
}

/** Compares one document with the organization. What else the organization or other documents have is left aside. */
export async function lookAt(
  view: OrganizationView,
  organization: Resource<'Organization'>,
  resource: Resource,
): Promise<Outcome<Looked>> {
  const read = await view.both(desiredBeside(organization, [resource]))
  if (!read.ok) return read
  const own = formatAddress(resource.address)
  const { live, noticed } = read.value
  const about = noticed.filter(found => isError(found) || isAbout(found, resource))
  if (about.some(isError)) return failed(...about)
  const object = live.objects.find(({ address }) => formatAddress(address) === own) ?? {
    address: resource.address,
    exists: 'unknown',
    fields: {},
  }
  return outcome({ object, difference: diff(resource, object) }, about)
}

const isAbout = ({ span }: Diagnostic, { locate }: Resource): boolean => span?.file === locate([]).file
