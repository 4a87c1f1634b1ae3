import { count } from '../../diagnostics/wording.ts'
import { approved } from './approved.ts'
import type { Guard } from './guard.ts'
import type { RunInput } from './guard.ts'
import { accountsOf } from './share.ts'

/** Taking access from people takes as many approvals as the documents say. */
export const suspends: Guard<RunInput> = {
  code: 'suspends',
  liftable: false,
  counts: ({ action }) => action === 'suspend',
  judge(input) {
    const suspended = accountsOf(input.steps, 'suspend').size
    return suspended === 0
      ? { status: 'passed', summary: 'the plan suspends nobody' }
      : approved(input.protections.approvals.suspensions, `the plan suspends ${count(suspended, 'account')}`, input)
  },
}
