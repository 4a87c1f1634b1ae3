import type { Sighting } from '../../adoption/sighting.ts'
import type { Outcome } from '../../diagnostics/outcome.ts'
import { readSighting, type KnownDocuments } from '../read-sighting.ts'
import type { OrganizationView } from './organization-view.ts'

/** Everything that can be seen of the organization, with what current evidence tells of it. */
export async function sight(view: OrganizationView, known: KnownDocuments = {}): Promise<Outcome<Sighting>> {
  const read = await view.reading(async reader => readSighting(reader, await view.state(), view.now(), known))
  return read.ok ? read.value : read
}
