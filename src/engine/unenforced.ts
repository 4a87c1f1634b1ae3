import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Desired } from '../kinds/resource.ts'

/** What documents may say and nothing here acts on yet. Better said at each plan than believed. */
export function unenforced({ organization }: Desired): readonly Diagnostic[] {
  const { approvals, guards, runner } = organization.spec
  const fields = [
    ...(approvals === undefined ? [] : ['approvals']),
    ...(guards === undefined ? [] : ['guards']),
    ...(runner === undefined ? [] : ['runner']),
  ]
  return fields.length === 0 ? [] : [diagnostic('plan/not-enforced', { fields })]
}
