import { count } from '../../diagnostics/wording.ts'
import { isObject, type Json } from '../../model/json.ts'
import { approved } from './approved.ts'
import type { Documents, Guard, RunInput } from './guard.ts'

/** Every plan takes as many approvals as the documents say. */
export const needsApproval: Guard<RunInput> = {
  code: 'needs-approval',
  liftable: false,
  counts: () => true,
  judge(input) {
    const { steps, documents, lastApplied, protections } = input
    const changed = changedDocuments(lastApplied ?? {}, documents)
    return steps.length === 0 && changed === 0
      ? { status: 'passed', summary: 'the plan changes nothing' }
      : approved(
          protections.approvals.everything,
          `the plan has ${count(steps.length, 'step')} and ${count(changed, 'changed document')}`,
          input,
        )
  },
}

const changedDocuments = (last: Documents, proposed: Documents): number =>
  [...new Set([...Object.keys(last), ...Object.keys(proposed)])].filter(
    address => !same(last[address], proposed[address]),
  ).length

/** The order of members does not matter. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item: Json, index) => same(item, (b as readonly Json[])[index]))
  if (!isObject(a) || !isObject(b)) return a === b
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(member => same(a[member], b[member]))
}
