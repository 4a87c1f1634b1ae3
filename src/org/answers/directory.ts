import { textAt } from '../members.ts'
import { objectShape } from '../shape.ts'

/** A directory. Nothing in it says whether it is the local one or that of an identity provider (ref 2.3). */
export interface Directory {
  readonly directoryId: string
  readonly name: string
}

export const directoryShape = objectShape<Directory>('directories with an id', directory => {
  const directoryId = textAt(directory, 'directoryId')
  return directoryId === undefined ? undefined : { directoryId, name: textAt(directory, 'name') ?? directoryId }
})
