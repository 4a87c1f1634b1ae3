import { isAbout, type SubjectEvent } from '../drift/attribute.ts'
import { eventSubjects } from '../drift/event-subjects.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import type { SavedPlan, Step } from '../model/plan.ts'
import type { OrgClient } from '../org/client.ts'
import { isOutOfReach, OrgError } from '../org/org-error.ts'

/** Who changed what a step rests on, or why that is not known. */
export interface WhoMoved {
  readonly who?: string
  readonly unknown?: string
}

/** Asks the audit log who changed what a step rests on since the plan was made. Trouble with the log is no failure: it is said. */
export async function whoMoved(client: OrgClient, step: Step, { createdAt, desired }: SavedPlan): Promise<WhoMoved> {
  const path =
    step.action === 'move' ? 'members' : step.action === 'suspend' || step.action === 'restore' ? 'access' : 'settings'
  const accounts = step.accounts?.map(({ account }) => account) ?? [undefined]
  try {
    const subjects = eventSubjects(await client.eventActions())
    let last: SubjectEvent | undefined
    for await (const page of client.events({ from: Date.parse(createdAt) })) {
      for (const { id, time, action, actor, context } of page) {
        const subject = subjects.get(action)
        if (subject === undefined) continue
        const event: SubjectEvent = { id, at: time, subject, ...(actor && { actor }), context }
        const { kind, name } = step
        const about = accounts.some(account =>
          isAbout(event, { kind, name, path, ...(account && { account }) }, desired.ids[name]),
        )
        if (about && (last === undefined || Date.parse(time) >= Date.parse(last.at))) last = event
      }
    }
    if (last === undefined) return { unknown: 'the audit log tells nothing of it' }
    const by = last.actor?.email ?? last.actor?.name ?? last.actor?.id ?? 'somebody'
    return { who: `${by} at ${last.at} (event ${last.id})` }
  } catch (error) {
    if (isOutOfReach(error))
      return { unknown: 'the audit log cannot be read (it needs Guard Standard and the scope read:events:admin)' }
    if (!(error instanceof OrgError)) throw error
    return { unknown: wordsOf(error.diagnostic).summary }
  }
}
