import type { Live, LiveAccount } from '../kinds/live.ts'
import { placeOf } from '../kinds/members.ts'
import type { Desired } from '../kinds/resource.ts'
import type { DriftDifference } from '../model/drift.ts'
import type { Step } from '../model/plan.ts'
import type { Source, Span } from '../model/span.ts'
import { whoMoved } from './classify.ts'

/** What decides where accounts belong. */
export interface AccountInput {
  readonly desired: Desired
  readonly live: Pick<Live, 'accounts' | 'externals' | 'objects' | 'policyNames'>
  /** The policy of every claimed account, by account id. */
  readonly claimed: ReadonlyMap<string, string>
  /** The policy that claims an account and has not taken it in yet, by account id: the account belongs where it was. */
  readonly waiting: ReadonlyMap<string, string>
  /** The policy of every claimed account when the last apply ended; undefined where there was none. */
  readonly applied: Readonly<Record<string, string>> | undefined
  /** The steps that take access or give it back. */
  readonly steps: readonly Step[]
  /** Accounts whose access an apply took. */
  readonly suspended: ReadonlySet<string>
  /** The accounts that the last complete check saw; undefined where there was none. */
  readonly seen: ReadonlySet<string> | undefined
  readonly source: (span: Span) => Source
}

/** Accounts in another policy than the one that claims them. */
export function memberDifferences(input: AccountInput): readonly DriftDifference[] {
  const { desired, live, claimed, waiting, applied, source } = input
  const documents = new Map(desired.AuthenticationPolicy.map(policy => [policy.spec.name, policy]))
  const nameOf = policyNames(live)
  return live.accounts.flatMap((account): readonly DriftDifference[] => {
    const { accountId, email, policyId } = account
    if (policyId === undefined) return []
    const current = nameOf(policyId)
    const last = applied?.[accountId]
    const expected = waiting.has(accountId) ? (last ?? current) : claimed.get(accountId)
    if (expected === undefined) return []
    const moved = whoMoved((a, b) => a === b, { applied: last, expected, live: current })
    if (moved === undefined) return []
    const document = documents.get(expected)
    return [
      {
        class: moved,
        kind: 'AuthenticationPolicy',
        name: expected,
        path: 'members',
        account: { accountId, email },
        expected,
        live: current,
        ...(last !== undefined && { applied: last }),
        ...(document && { source: source(document.locate(namingPlace(document, email))) }),
      },
    ]
  })
}

/** Where a policy names an account, in its own document or in a list; its members where another selector takes the account in. */
function namingPlace({ spec }: Desired['AuthenticationPolicy'][number], email: string): readonly (string | number)[] {
  const index = placeOf(spec.members?.accounts ?? [], email)
  return index === undefined ? ['members'] : ['members', 'accounts', index]
}

/** Names policies: as their documents do, else as the console does, else by id. */
function policyNames({ objects, policyNames: others }: AccountInput['live']): (id: string) => string {
  const declared = new Map(
    objects.flatMap(({ id, address }) =>
      id === undefined || address.kind !== 'AuthenticationPolicy' ? [] : [[id, address.name] as const],
    ),
  )
  return id => declared.get(id) ?? others.get(id) ?? id
}

/** External accounts whose access is not what the access rules ask for. */
export function accessDifferences({ desired, steps, suspended, source }: AccountInput): readonly DriftDifference[] {
  const policy = desired.ExternalUserPolicy.find(({ spec }) => spec.access !== undefined)
  return steps.flatMap(({ action, kind, name, accounts = [] }): readonly DriftDifference[] => {
    if (action !== 'suspend' && action !== 'restore') return []
    return accounts.map(({ account, because }): DriftDifference => {
      const again = action === 'suspend' && suspended.has(account.accountId ?? '')
      return {
        class: again ? 'changed-outside' : 'pending',
        kind,
        name,
        path: 'access',
        account,
        expected: action === 'suspend' ? 'suspended' : 'active',
        live: action === 'suspend' ? 'active' : 'suspended',
        ...(again && { applied: 'suspended' }),
        ...(policy && { source: source(policy.locate(['access'])) }),
        why: again ? `an apply took its access and somebody gave it back; ${because ?? ''}` : (because ?? ''),
      }
    })
  })
}

/** Accounts that the last complete check had not seen. Without one nobody is new. */
export function newAccounts({ live, seen }: AccountInput): readonly DriftDifference[] {
  if (seen === undefined) return []
  const added = ({ accountId, status }: LiveAccount): boolean => status === 'active' && !seen.has(accountId)
  const difference =
    (kind: string, name: (account: LiveAccount) => string) =>
    (account: LiveAccount): DriftDifference => ({
      class: 'new',
      kind,
      name: name(account),
      path: 'members',
      account: { accountId: account.accountId, email: account.email },
      live: 'active',
      ...(account.addedAt !== undefined && { at: new Date(account.addedAt).toISOString() }),
    })
  const nameOf = policyNames(live)
  return [
    ...live.accounts
      .filter(added)
      .map(
        difference('AuthenticationPolicy', ({ policyId }) => (policyId === undefined ? 'unknown' : nameOf(policyId))),
      ),
    ...live.externals.filter(added).map(difference('ExternalUserPolicy', () => 'external')),
  ]
}
