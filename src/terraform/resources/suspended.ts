import { isTaken } from '../../operations/suspensions.ts'
import type { SavedPlan } from '../../model/plan.ts'
import type { OrganizationView } from '../../operations/resources/organization-view.ts'

/** The accounts whose access an apply took and nobody gave back, by address. */
export async function suspendedBy(view: OrganizationView): Promise<readonly string[]> {
  const { suspensions } = await view.state()
  return Object.values(suspensions)
    .filter(isTaken)
    .map(({ email }) => email)
    .sort()
}

/** The same once a plan is carried out. */
export async function suspendedOnceDone(
  view: OrganizationView,
  { steps, desired }: SavedPlan,
): Promise<readonly string[]> {
  const { suspensions } = await view.state()
  const back = new Set(desired.seenBack ?? [])
  const now = Object.entries(suspensions)
    .filter(([accountId, suspension]) => isTaken(suspension) && !back.has(accountId))
    .map(([, { email }]) => email)
  const of = (wanted: string) =>
    steps
      .filter(({ action }) => action === wanted)
      .flatMap(({ accounts = [] }) => accounts.map(({ account }) => account.email))
  const restored = new Set(of('restore'))
  return [...new Set([...now, ...of('suspend')])].filter(email => !restored.has(email)).sort()
}
