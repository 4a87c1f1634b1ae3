import { foldEmail } from '../../model/account.ts'
import { isPolicyMember, membershipAt } from '../accounts.ts'
import { keyActor } from '../audit.ts'
import { badBody, notFound } from '../refusal.ts'
import { accepted, bodyObject, ok, requiredTexts, type Answer, type Call, type Route } from '../route.ts'
import type { AddUsersTask, TaskFailure } from '../state.ts'
import { nextId } from '../world.ts'

const base = '/admin/control/v1/orgs/:orgId'

/** Takes emails, in whatever case, and moves the accounts in the background (ref 1.4). */
function addUsers(call: Call): Answer {
  const { state, world, now, effects } = call
  const policyId = call.param('policyId')
  if (!state.authenticationPolicies.some(({ id }) => id === policyId)) throw notFound('ADMIN-404-5', 'no such policy')
  const emails = requiredTexts(bodyObject(call), 'users')
  const maximum = world.switches.addUsersMaximum
  if (emails.length === 0 || emails.length > maximum) throw badBody(`users must hold from 1 to ${maximum} emails`)
  const task: AddUsersTask = {
    id: nextId(world, 'task'),
    policyId,
    submittedAt: now,
    duration: effects.slowTasks ?? world.switches.taskMilliseconds,
    emails: [...emails],
    outcomes: [],
    forced: new Map(
      effects.failAccounts.map(({ email, status, title }) => [foldEmail(email), { status, title, detail: title }]),
    ),
    actor: keyActor(state, call.key),
  }
  state.tasks.set(task.id, task)
  return accepted({
    taskId: task.id,
    taskLink: `${world.url}/admin/control/v1/orgs/${state.organization.id}/auth-policy/task/${task.id}`,
  })
}

/** Done when nothing is in progress: there is no state and no time of completion (ref 1.4). */
function taskStatus(call: Call): Answer {
  const { state, now, world } = call
  const task = state.tasks.get(call.param('taskId'))
  if (task === undefined || now - task.submittedAt > world.switches.taskRetentionMilliseconds)
    throw notFound('ADMIN-404-1', 'no such task')
  const { emails, outcomes } = task
  const failed = outcomes.filter(outcome => outcome !== undefined)
  return ok({
    inProgressCount: emails.length - outcomes.length,
    successCount: outcomes.length - failed.length,
    failureCount: failed.length,
    failureReasons: reasons(task),
  })
}

/** Failures with the same details share one entry. */
function reasons({ emails, outcomes }: AddUsersTask): object[] {
  const byDetails = new Map<string, { emails: string[]; details: TaskFailure }>()
  outcomes.forEach((details, index) => {
    const email = emails[index]
    if (details === undefined || email === undefined) return
    const key = JSON.stringify(details)
    const reason = byDetails.get(key) ?? { emails: [], details }
    reason.emails.push(email)
    byDetails.set(key, reason)
  })
  return [...byDetails.values()]
}

/** Takes account ids, answers a bare array; what is not a managed account is left out (ref 1.4) [inferred]. */
function bulkFetch(call: Call): Answer {
  const { state, now, effects, world } = call
  const { bulkFetchServesNames, bulkFetchUnknownIds, bulkFetchMaximum } = world.switches
  const ids = requiredTexts(bodyObject(call), 'accountIds')
  if (ids.length > bulkFetchMaximum) throw badBody(`accountIds must hold at most ${bulkFetchMaximum} ids`)
  const members = ids.flatMap(accountId => {
    const account = state.accounts.byId.get(accountId)
    const held = account !== undefined && isPolicyMember(account)
    const { policyId } = held ? membershipAt(state, account, now - effects.stale) : { policyId: undefined }
    if (!held || policyId === undefined) {
      if (bulkFetchUnknownIds === 'error') throw notFound('ADMIN-404-8', `no managed account ${accountId}`)
      return []
    }
    const policy = state.authenticationPolicies.find(({ id }) => id === policyId)
    return [
      {
        email: account.email,
        policyId,
        ...(bulkFetchServesNames && { accountId, policyName: policy?.name ?? '' }),
      },
    ]
  })
  return ok(members)
}

/** All that the API offers for authentication policies: membership, nothing else (ref 1.4, 1.5). */
export const authPolicyRoutes: readonly Route[] = [
  {
    method: 'POST', // ref 1.1 #20
    path: `${base}/auth-policy/:policyId/add-users`,
    scope: 'write:policies:admin',
    answer: addUsers,
  },
  {
    method: 'GET', // ref 1.1 #21: a read that needs the scope of a write
    path: `${base}/auth-policy/task/:taskId`,
    scope: 'write:policies:admin',
    answer: taskStatus,
  },
  {
    method: 'POST', // ref 1.1 #22: a POST that reads; no scope is listed
    path: `${base}/users/auth-policies/bulk-fetch`,
    inferredScope: 'read:policies:admin',
    answer: bulkFetch,
  },
]
