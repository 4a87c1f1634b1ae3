import type { FieldChange, AccountMove } from '../../model/change.ts'
import type { Plan, Step } from '../../model/plan.ts'

/** A step, or what a change brings of it. */
export interface StepPart {
  readonly step: Step
  readonly changes: readonly FieldChange[]
  readonly accounts: readonly AccountMove[]
  /** Settings and accounts of the step that were pending without this change. */
  readonly others: { readonly changes: number; readonly accounts: number }
}

/** The steps that this change brings, in whole or in part, and those that were pending without it. Without a base every step counts as its own. */
export function partsOf({ steps, base }: Pick<Plan, 'steps' | 'base'>): {
  readonly own: readonly StepPart[]
  readonly before: readonly StepPart[]
} {
  const since = new Map(base?.steps.map(one => [one.id, one]))
  const own: StepPart[] = []
  const before: StepPart[] = []
  for (const step of steps) {
    const found = since.get(step.id)
    if (found?.origin === 'before') before.push(wholeStep(step))
    else own.push(found?.origin === 'both' ? partOf(step, found) : wholeStep(step))
  }
  return { own, before }
}

const wholeStep = (step: Step): StepPart => ({
  step,
  changes: step.changes,
  accounts: step.accounts ?? [],
  others: { changes: 0, accounts: 0 },
})

function partOf(step: Step, { paths, accounts: own }: NonNullable<Plan['base']>['steps'][number]): StepPart {
  const { changes, accounts = [] } = step
  const ofPaths = new Set(paths)
  const people = new Set(own?.map(({ accountId, email }) => accountId ?? email))
  const [mine, mineToo] = [
    paths === undefined ? changes : changes.filter(({ path }) => ofPaths.has(path)),
    own === undefined ? accounts : accounts.filter(({ account }) => people.has(account.accountId ?? account.email)),
  ]
  return {
    step,
    changes: mine,
    accounts: mineToo,
    others: { changes: changes.length - mine.length, accounts: accounts.length - mineToo.length },
  }
}
