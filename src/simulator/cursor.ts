import { hashWords } from './seeded-id.ts'
import { refuse } from './refusal.ts'

// Position and filters are scrambled into one token: clients must not be able to read, build or mix cursors (ref 4).

const fingerprint = (filters: string): string => hashWords(filters)[0].toString(36)

/** An opaque cursor for a position in a listing: good for the same listing with the same filters only. */
export const encodeCursor = (position: number, filters: string): string =>
  Buffer.from(`${position.toString(36)}.${fingerprint(`${position}/${filters}`)}`).toString('base64url')

/** The position of a cursor, 0 without one. Refuses a cursor that is not of this listing (ref 4: ADMIN-400-1). */
export function decodeCursor(cursor: string | null | undefined, filters: string): number {
  if (cursor === undefined || cursor === null) return 0
  const [position = '', mark] = Buffer.from(cursor, 'base64url').toString().split('.')
  const decoded = Number.parseInt(position, 36)
  if (!Number.isSafeInteger(decoded) || mark !== fingerprint(`${decoded}/${filters}`))
    throw refuse(400, 'ADMIN-400-1', 'Invalid page cursor', 'the cursor is not one of this listing with these filters')
  return decoded
}
