/**
 * The cell *last active* of an export: milliseconds since 1970, null for never, undefined where it tells nothing. **Inferred**: the spelling of the cell is
 * not documented (ref 2.4). A date that names no time counts as the end of its day, so that nobody is taken for inactive too early.
 */
export function activityOf(cell: string): number | null | undefined {
  const text = cell.trim()
  if (/^never\b/i.test(text)) return null
  const time = Date.parse(text)
  if (text === '' || Number.isNaN(time)) return undefined
  return /\d:\d/.test(text) ? time : time + 86_400_000
}
