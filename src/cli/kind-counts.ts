import { count } from '../diagnostics/wording.ts'

/** `9 documents`: how much was looked at. */
export const kindCounts = (desired: object): string =>
  count(
    Object.values(desired).reduce<number>(
      (sum, documents) => sum + (Array.isArray(documents) ? documents.length : 0),
      0,
    ),
    'document',
  )
