import type { JsonObject } from '../../model/json.ts'
import type { SnapshotAccount, SnapshotAnswer, SnapshotContent, SnapshotFailure } from '../../model/snapshot.ts'
import { foldEmail } from '../../model/account.ts'
import { compareText } from '../../model/address.ts'
import { grouped } from '../../model/grouped.ts'
import type { User } from '../../org/answers/user.ts'
import { present } from '../../org/members.ts'
import type { OrgError } from '../../org/org-error.ts'
import { toTheHour } from './to-the-hour.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import type { Recorded, Recording } from './recording-reader.ts'

/** What the organization answered, with other names and only the members that a plan reads. Sorted, so that no order of a listing tells who is who. */
export function redactedRecording(
  recording: Recording,
  names: Pseudonyms,
  isCompared: (allowlist: string) => boolean,
): Pick<
  SnapshotContent,
  | 'domains'
  | 'accounts'
  | 'groups'
  | 'noGroups'
  | 'controlPolicies'
  | 'policyResources'
  | 'tokens'
  | 'lastActive'
  | 'eventActions'
> {
  return {
    domains: recording.domains
      .map(({ name, claimStatus }) => present({ name: names.domain(name), claimStatus }))
      .sort(by(({ name }) => name)),
    accounts: redactedAccounts(recording, names),
    groups: redactedGroups(recording, names),
    noGroups: [...recording.groupSearches]
      .filter(([name, found]) => name !== '' && !found.some(group => group.name === name))
      .map(([name]) => names.name(name))
      .sort(),
    controlPolicies: answers(recording.controlPolicies, names, policies =>
      [...policies].sort(by(({ id }) => id)).map(({ id, type, name = '', status, rule }) =>
        present({
          id,
          type,
          name: names.name(name),
          status,
          // The ranges of an allowlist that no document names are nobody’s business here.
          rule: isCompared(name) ? rule : undefined,
        }),
      ),
    ),
    policyResources: answers(recording.policyResources, names, resources =>
      resources.map(({ id, applicationStatus }) => present({ id, applicationStatus })),
    ),
    tokens: answer(recording.tokens, names, tokens =>
      tokens
        .flatMap(({ accountId, status, expiresAt }) =>
          accountId === undefined
            ? []
            : [present({ accountId: names.accountId(accountId), status, expiresAt: toTheHour(expiresAt) })],
        )
        .sort(by(token => JSON.stringify(token))),
    ),
    lastActive: Object.fromEntries(
      [...recording.lastActive]
        .map(
          ([id, recorded]) =>
            [
              names.accountId(id),
              answer(recorded, names, ({ lastActive }): JsonObject => present({ lastActive: toTheHour(lastActive) })),
            ] as const,
        )
        .sort(by(([id]) => id)),
    ),
    eventActions: answer(recording.eventActions, names, () => true as const),
  }
}

function redactedAccounts({ users, accountPolicies }: Recording, names: Pseudonyms): readonly SnapshotAccount[] {
  const byId = new Map(accountPolicies.map(policy => [policy.accountId ?? '', policy]))
  const byEmail = new Map(accountPolicies.map(policy => [foldEmail(policy.email), policy]))
  return users
    .map((user: User) => {
      const policy = byId.get(user.accountId) ?? byEmail.get(foldEmail(user.email ?? user.accountId))
      return present({
        accountId: names.accountId(user.accountId),
        email: user.email === undefined ? undefined : names.account(user.email),
        status: user.status,
        accountStatus: user.accountStatus,
        membershipStatus: user.membershipStatus,
        claimStatus: user.claimStatus,
        accountType: user.accountType,
        mfaEnabled: user.mfaEnabled,
        platformRoles: user.platformRoles,
        productAccess: user.productAccess,
        addedToOrg: toTheHour(user.addedToOrg),
        lastActive: toTheHour(user.lastActive),
        policyId: policy?.policyId,
        policyName: policy?.policyName === undefined ? undefined : names.name(policy.policyName),
      })
    })
    .sort(by(({ accountId }) => accountId))
}

function redactedGroups({ groupSearches, groupMembers }: Recording, names: Pseudonyms): SnapshotContent['groups'] {
  const all = new Map([...groupSearches.values()].flat().map(group => [group.id, group]))
  const same = grouped([...all.values()], ({ name }) => name)
  return [...all.values()]
    .flatMap(({ id, name }) => {
      const members = groupMembers.get(id)
      // Of two groups with one name nobody asks for the members: that there are two is all that is told.
      if (members === undefined && (same.get(name)?.length ?? 0) < 2) return []
      return [
        {
          id: names.accountId(id),
          name: names.name(name),
          members: (members ?? []).map(member => names.accountId(member)).sort(),
        },
      ]
    })
    .sort(by(({ id }) => id))
}

const answers = <T, R>(
  recorded: ReadonlyMap<string, Recorded<T>>,
  names: Pseudonyms,
  redact: (of: T) => R,
): Readonly<Record<string, SnapshotAnswer<R>>> =>
  Object.fromEntries([...recorded].sort(by(([key]) => key)).map(([key, one]) => [key, answer(one, names, redact)]))

const answer = <T, R>(recorded: Recorded<T>, names: Pseudonyms, redact: (of: T) => R): SnapshotAnswer<R> =>
  'answer' in recorded ? { answer: redact(recorded.answer) } : { failure: failure(recorded.failure, names) }

/** The request is told without the account that it is about. */
function failure({ diagnostic: { code, facts } }: OrgError, names: Pseudonyms): SnapshotFailure {
  const { operation, request, status, scopes, listed, unscopedOnly } = facts as Readonly<Record<string, never>>
  return {
    code,
    facts: present({
      operation,
      request: String(request).replace(
        /(\/users\/)([^/]+)/,
        (_, start: string, id: string) => start + names.accountId(id),
      ),
      status,
      scopes,
      listed,
      unscopedOnly,
    }),
  }
}

const by =
  <T>(key: (item: T) => string) =>
  (a: T, b: T): number =>
    compareText(key(a), key(b))
