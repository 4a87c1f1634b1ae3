import { foldEmail } from '../model/account.ts'
import type { Desired } from './resource.ts'
import type { LiveField } from '../model/evidence.ts'
import { isStrings } from '../model/json.ts'

/** Milliseconds that a change of the external user policies takes to hold: about 10 minutes (ref 5.2). */
export const externalPropagation = 10 * 60_000

/** Accounts that the test policy holds at most (ref 5.2). */
export const mostTestUsers = 5

/** The members of the test policy that a document names; undefined where none does. */
export const declaredTestUsers = ({
  ExternalUserPolicy,
}: Pick<Desired, 'ExternalUserPolicy'>): readonly string[] | undefined =>
  ExternalUserPolicy.find(({ spec }) => spec.name === 'test')?.spec.testUsers

/**
 * Whether an external account is in the test policy, by what is known of its members. Without current evidence those that older evidence or the document names may
 * be; nobody else is suspected, since the policy holds no more than five.
 */
export function isTestUser(
  members: LiveField | undefined,
  declared: readonly string[] | undefined,
  email: string,
): boolean | 'unknown' {
  const names = (users: readonly string[]): boolean => users.some(user => foldEmail(user) === foldEmail(email))
  const seen = members === undefined || members.state === 'unknown' || !isStrings(members.value) ? [] : members.value
  if (members?.state === 'known') return names(seen)
  return names(seen) || names(declared ?? []) ? 'unknown' : false
}
