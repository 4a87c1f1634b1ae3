import { booleanAt, present, textAt } from '../members.ts'
import { objectShape } from '../shape.ts'

/** A group (ref 2.3). The members of a synced one come from the identity provider. */
export interface Group {
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly directoryId?: string
  readonly externalSynced?: boolean
  readonly managedBy?: string
}

export const groupShape = objectShape<Group>('groups with an id and a name', group => {
  const id = textAt(group, 'id')
  const name = textAt(group, 'name')
  if (id === undefined || name === undefined) return undefined
  return present({
    id,
    name,
    description: textAt(group, 'description'),
    directoryId: textAt(group, 'directoryId'),
    externalSynced: booleanAt(group, 'externalSynced'),
    managedBy: textAt(group, 'managedBy'),
  })
})
