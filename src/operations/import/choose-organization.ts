import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import { compareText } from '../../model/address.ts'
import { attempt } from '../attempt.ts'
import { reading, type Connection } from '../connection.ts'

/** An organization that the key sees. */
export interface VisibleOrganization {
  readonly id: string
  readonly name: string
}

/** What may say which organization is meant. */
export interface OrganizationChoice {
  readonly connection: Connection
  /** The id that was given. */
  readonly given: string | undefined
  /** Asks which of several; undefined where nobody answers. Absent where nobody can be asked. */
  readonly choose: ((organizations: readonly VisibleOrganization[]) => Promise<string | undefined>) | undefined
}

/** Which organization is meant: the one that was given, the only one that the key sees, or the one that somebody chooses. */
export async function chooseOrganization({
  connection,
  given,
  choose,
}: OrganizationChoice): Promise<Outcome<VisibleOrganization>> {
  // Listing does not depend on which organization the client is for.
  const listed = await attempt(() => reading(connection, given ?? '', client => client.organizations()))
  if (!listed.ok) return listed
  const organizations = listed.value
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id))
  const [only, another] = organizations
  const wanted =
    given ?? (only !== undefined && another === undefined ? only.id : await (only && choose?.(organizations)))
  const found = organizations.find(({ id }) => id.toLowerCase() === wanted?.toLowerCase())
  if (found !== undefined) return outcome(found, [])
  return failed(
    diagnostic('import/which-organization', { organizations, ...(wanted !== undefined && { given: wanted }) }),
  )
}
