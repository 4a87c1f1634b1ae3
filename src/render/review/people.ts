import { grouped } from '../../model/grouped.ts'
import type { AccountRef } from '../../model/account.ts'
import type { Pen } from './pen.ts'

/** Addresses, or shortened ones, that are listed at most. */
const most = 12

/** Characters of an address. */
const longest = 120

/** Accounts on one line. Those that are shown alike are counted: `a…@partner.example` ×3. */
export function peopleMarkdown(accounts: readonly AccountRef[], pen: Pen): string {
  const alike = [...grouped(accounts, ({ email }) => pen.plain(email, longest))]
  const shown = alike.slice(0, most)
  const rest = alike.slice(most).reduce((sum, [, same]) => sum + same.length, 0)
  const names = shown.map(([name, same]) => (same.length === 1 ? pen.code(name) : `${pen.code(name)} ×${same.length}`))
  return `${names.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`
}
