import { count, some } from '../../diagnostics/wording.ts'
import type { Threshold } from '../../kinds/protections.ts'
import { compareText } from '../../model/address.ts'
import type { Action } from '../../model/change.ts'
import type { Step } from '../../model/plan.ts'
import type { Verdict } from './guard.ts'

/** The accounts that steps of one action are about, each once: the address by id. */
export const accountsOf = (steps: readonly Step[], action: Action): ReadonlyMap<string, string> =>
  new Map(
    steps
      .filter(step => step.action === action)
      .flatMap(({ accounts = [] }) => accounts.map(({ account: { accountId, email } }) => [accountId ?? email, email])),
  )

/** Whether a plan touches too many accounts: more than the percentage, and at least the number. */
export function tooMany(
  accounts: ReadonlyMap<string, string>,
  population: number,
  { percent, atLeast }: Threshold,
  words: { readonly does: string; readonly of: string; readonly field: string; readonly file: string },
): Verdict {
  const { does, of, field, file } = words
  // Of nobody, everybody: what the listing left out cannot make a plan small.
  const share = accounts.size === 0 ? 0 : population === 0 ? 100 : (accounts.size * 100) / population
  const said = `the plan ${does} ${accounts.size} of ${of} (${formatted(share)} %)`
  const limits = `from ${count(atLeast, 'account')} on, above ${percent} %, it blocks`
  if (share <= percent || accounts.size < atLeast) return { status: 'passed', summary: `${said}; ${limits}` }
  return {
    status: 'blocks',
    summary: `${said}; ${limits}: ${some([...accounts.values()].sort(compareText))}`,
    otherwise: `raise \`${field}.percent\` or \`${field}.atLeast\` in ${file} and apply that first`,
  }
}

/** Rounded up, so that what is above a limit never reads as the limit. */
const formatted = (share: number): string => String(Math.ceil(share * 10) / 10)
