import { accountByEmail, changeMembership, isPolicyMember, type Account } from './accounts.ts'
import { leaveEvent } from './audit.ts'
import type { AddUsersTask, TaskFailure } from './state.ts'
import type { World } from './world.ts'

/** Carries out what has fallen due by now: accounts of tasks, resources of policies. */
export function settle(world: World): void {
  const now = world.now()
  for (const task of world.state.tasks.values()) settleTask(world, task, now)
  for (const policy of world.state.controlPolicies) {
    for (const resource of policy.resources) if (resource.settlesAt <= now) resource.status = resource.settlesTo
    if (policy.resources.some(({ status }) => status === 'removed'))
      policy.resources = policy.resources.filter(({ status }) => status !== 'removed')
  }
}

/** The accounts of a task are moved one after the other, evenly over its duration. */
function settleTask(world: World, task: AddUsersTask, now: number): void {
  const { emails, outcomes, submittedAt, duration } = task
  if (outcomes.length === emails.length) return
  while (outcomes.length < emails.length) {
    const due = submittedAt + (duration * (outcomes.length + 1)) / emails.length
    if (due > now) return
    outcomes.push(moveOne(world, task, emails[outcomes.length] ?? '', due))
  }
  // Bulk updates write added and failed members to the audit log (ref 2.5).
  leaveEvent(world, {
    action: 'auth_policy_members_updated',
    actor: task.actor,
    at: submittedAt + duration,
    context: [
      {
        id: task.policyId,
        type: 'authentication-policies',
        attributes: {
          added: emails.filter((_, index) => outcomes[index] === undefined),
          failed: emails.filter((_, index) => outcomes[index] !== undefined),
        },
      },
    ],
  })
}

function moveOne({ state }: World, task: AddUsersTask, email: string, at: number): TaskFailure | undefined {
  const policy = state.authenticationPolicies.find(({ id }) => id === task.policyId)
  const account = accountByEmail(state.accounts, email)
  const failure = task.forced.get(email.trim().toLowerCase()) ?? whyNot(account)
  if (failure !== undefined) return failure
  if (policy === undefined) return { status: 404, title: 'Not found', detail: 'The policy was deleted.' }
  if (account !== undefined && account.policyId !== policy.id)
    changeMembership(state, account, { policyId: policy.id }, at)
  return undefined
}

/** Why no policy can hold this account: it is unknown, external, or not active (ref 1.4, ref 8.3). */
export function whyNot(account: Account | undefined): TaskFailure | undefined {
  if (account === undefined)
    return { status: 404, title: 'User not found', detail: 'No account has this email address.' }
  if (!isPolicyMember(account))
    return { status: 400, title: 'User is not managed', detail: 'Only managed accounts can be members of a policy.' }
  if (account.accountStatus !== 'active' || account.deletionOn !== undefined)
    return { status: 400, title: 'Account is not active', detail: 'The account is deactivated or about to be deleted.' }
  return undefined
}
