import type { AccountRef } from '../model/account.ts'
import { forTerminal } from './harmless.ts'
import { paragraph, type Style } from './style.ts'

/** Addresses in a paragraph, at most `most` of them, and how many more there are. */
export function accountLines(
  accounts: readonly AccountRef[],
  { style, most, first }: { readonly style: Style; readonly most: number; readonly first: string },
): readonly string[] {
  if (accounts.length === 0) return []
  const shown = accounts.slice(0, most).map(({ email }) => forTerminal(email))
  const rest = accounts.length - shown.length
  const more = rest === 0 ? '' : ` and ${rest} more (--verbose shows all)`
  return paragraph(`${shown.join(', ')}${more}`, style.width, first, ' '.repeat(first.length)).map(style.dim)
}
