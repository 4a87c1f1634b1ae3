import { present, textAt } from '../members.ts'
import { objectShape } from '../shape.ts'

/** A domain of the organization. Only a `verified` one is its own; verified is not yet claimed (ref 2.3, 5.3). */
export interface Domain {
  readonly id?: string
  readonly name: string
  /** `http` or `dns`. */
  readonly claimType?: string
  /** `verified`, `unverified`, `deleted`, `superseded`, `missing_token`. */
  readonly claimStatus?: string
}

export const domainShape = objectShape<Domain>('domains with a name', domain => {
  const name = textAt(domain, 'attributes', 'name')
  if (name === undefined) return undefined
  return present({
    id: textAt(domain, 'id'),
    name,
    claimType: textAt(domain, 'attributes', 'claim', 'type'),
    claimStatus: textAt(domain, 'attributes', 'claim', 'status'),
  })
})
