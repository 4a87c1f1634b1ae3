import { objectShape } from '../shape.ts'
import { textAt } from '../members.ts'

/** An organization that the key sees (ref 2.3). */
export interface OrgInfo {
  readonly id: string
  readonly name: string
}

export const organizationShape = objectShape<OrgInfo>('organizations with an id', org => {
  const id = textAt(org, 'id')
  return id === undefined ? undefined : { id, name: textAt(org, 'attributes', 'name') ?? id }
})
