import { foldEmail, type AccountRef } from '../../model/account.ts'
import type { SinceBase, Step } from '../../model/plan.ts'
import { sameField } from '../same-field.ts'

type StepOrigin = Omit<SinceBase['steps'][number], 'id'>

/**
 * Whether a step was pending before, as the plan without the change has it. What the step promises decides: the values that it sets and the accounts that it is about, not what it waits for. An object
 * that was to be made or removed is so still, whatever is set in it.
 */
export function originOf(step: Step, before: Step | undefined): StepOrigin {
  if (before === undefined) return { origin: 'change' }
  const { changes, accounts = [] } = step
  const paths = changes.flatMap(({ path, after }) =>
    before.changes.some(other => other.path === path && sameField(step.kind, path, other.after, after)) ? [] : [path],
  )
  const known = new Set(before.accounts?.map(({ account }) => accountKey(account)))
  const own = accounts.flatMap(({ account }) => (known.has(accountKey(account)) ? [] : [account]))
  if (paths.length + own.length === 0) return { origin: 'before' }
  const isWhole = step.action !== 'create' && paths.length + own.length === changes.length + accounts.length
  if (isWhole) return { origin: 'change' }
  return { origin: 'both', ...(paths.length > 0 && { paths }), ...(own.length > 0 && { accounts: own }) }
}

const accountKey = ({ accountId, email }: AccountRef): string => accountId ?? foldEmail(email)
