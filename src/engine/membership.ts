import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Live, LiveAccount } from '../kinds/live.ts'
import type { Level } from '../kinds/members.ts'
import { compareText } from '../model/address.ts'
import type { AccountMove } from '../model/change.ts'
import type { RolloutStage } from '../model/plan.ts'
import { settleBy, type Policy } from './claims.ts'
import { reportNamedAccounts } from './named-accounts.ts'
import { stageOf, type ClaimedAccount, type StageInput } from './rollout.ts'

/** Everything that decides who belongs where. */
export interface MembershipInput {
  readonly policies: readonly Policy[]
  readonly live: Pick<Live, 'accounts' | 'groupsOf' | 'policyNames' | 'namedElsewhere'>
  /** The ids of the declared policies, by name, where they are known. */
  readonly ids: ReadonlyMap<string, string>
  /** The policy that the ledger last recorded for an account, by account id. */
  readonly recorded: ReadonlyMap<string, string>
  /** What the stages of policies with a `rollout` depend on besides. */
  readonly staging: Omit<StageInput, 'groupsOf'>
}

/** Who has to move where. */
export interface Membership {
  /** The moves into each policy, by its name. */
  readonly moves: ReadonlyMap<string, readonly AccountMove[]>
  /** The policy of every claimed account, moved or not, by account id: where one waits, that is the policy it is in now. */
  readonly claimed: ReadonlyMap<string, string>
  /** The policy that claims an account and has not taken it in yet, by account id. */
  readonly waiting: ReadonlyMap<string, string>
  /** How far each policy with a `rollout` has come, by name. */
  readonly rollouts: readonly RolloutStage[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Puts every active managed account into the policy that claims it (design 3). */
export function resolveMembership(input: MembershipInput): Membership {
  const { policies, live, ids, recorded } = input
  const claiming = policies.filter(({ spec }) => spec.members !== undefined)
  const byId = new Map([...ids].map(([name, id]) => [id, name]))
  const directories = new Map(policies.map(({ spec }) => [spec.name, spec.directory]))
  const claims = new Map<string, ClaimedAccount[]>(claiming.map(({ spec }) => [spec.name, []]))
  const rivals = new Map<
    string,
    { readonly winners: readonly Policy[]; readonly level: Level; readonly accounts: string[] }
  >()
  const unclaimed: string[] = []
  const unknown: string[] = []
  const { accounts } = live
  const settle = settleBy(claiming)

  for (const account of accounts) {
    // Moving is by address: without one nothing can be moved.
    if (!account.active || claiming.length === 0 || !account.email.includes('@')) continue
    const current = account.policyId === undefined ? undefined : byId.get(account.policyId)
    const directory = directories.get(recorded.get(account.accountId) ?? '') ?? directories.get(current ?? '')
    const groups = live.groupsOf.get(account.accountId) ?? noGroups
    if (directory === undefined) {
      unknown.push(account.email)
      continue
    }
    const { winners, level } = settle({ email: account.email, groups }, directory)
    const [winner] = winners
    if (winner === undefined) unclaimed.push(account.email)
    else if (winners.length > 1) {
      const key = JSON.stringify([level, ...winners.map(({ spec }) => spec.name)])
      const rivalry = rivals.get(key) ?? { winners, level, accounts: [] }
      rivalry.accounts.push(account.email)
      rivals.set(key, rivalry)
    } else claims.get(winner.spec.name)?.push({ account, current, recorded: recorded.get(account.accountId) })
  }
  const staged = stages(claiming, claims, input)
  return {
    ...staged,
    diagnostics: [
      ...[...rivals].sort(([a], [b]) => compareText(a, b)).map(([, rivalry]) => doubleClaim(rivalry)),
      ...reportNamedAccounts(policies, accounts, live.namedElsewhere),
      ...(unknown.length > 0 ? [diagnostic('plan/unknown-directory', { accounts: unknown.sort(compareText) })] : []),
      ...(unclaimed.length > 0 ? [diagnostic('plan/unclaimed', { accounts: unclaimed.sort(compareText) })] : []),
      ...staged.diagnostics,
    ],
  }
}

/** Takes in whom the stage of each policy reaches. */
function stages(
  policies: readonly Policy[],
  claims: ReadonlyMap<string, readonly ClaimedAccount[]>,
  { live, staging }: MembershipInput,
): Membership {
  const moves = new Map<string, readonly AccountMove[]>()
  const claimed = new Map<string, string>()
  const waiting = new Map<string, string>()
  const rollouts: RolloutStage[] = []
  const diagnostics: Diagnostic[] = []
  for (const policy of [...policies].sort((a, b) => compareText(a.spec.name, b.spec.name))) {
    const { name } = policy.spec
    const staged = stageOf(policy, claims.get(name) ?? [], { ...staging, groupsOf: live.groupsOf })
    for (const { account } of staged.reached) claimed.set(account.accountId, name)
    for (const { account, current } of staged.waiting) {
      waiting.set(account.accountId, name)
      if (current !== undefined) claimed.set(account.accountId, current)
    }
    const moved = staged.reached.filter(({ current }) => current !== name)
    if (moved.length > 0) moves.set(name, moved.map(move(live.policyNames)).sort(byEmail))
    if (staged.stage !== undefined) rollouts.push(staged.stage)
    diagnostics.push(...staged.diagnostics)
  }
  return { moves, claimed, waiting, rollouts, diagnostics }
}

const move =
  (names: ReadonlyMap<string, string>) =>
  ({ account, current }: ClaimedAccount): AccountMove => ({
    account: { accountId: account.accountId, email: account.email },
    from: current ?? nameOf(account, names),
  })

const byEmail = (a: AccountMove, b: AccountMove): number => compareText(a.account.email, b.account.email)

const noGroups: ReadonlySet<string> = new Set()

const nameOf = ({ policyId }: LiveAccount, names: ReadonlyMap<string, string>): string =>
  policyId === undefined ? 'unknown' : (names.get(policyId) ?? policyId)

function doubleClaim({
  winners,
  level,
  accounts,
}: {
  readonly winners: readonly Policy[]
  readonly level: Level
  readonly accounts: readonly string[]
}): Diagnostic {
  const places = winners.map(({ spec, locate }) => ({
    span: locate(['members', level]),
    summary: `claimed by \`${spec.name}\` here`,
  }))
  const sorted = [...places].sort((a, b) => compareText(a.span.file, b.span.file) || a.span.start - b.span.start)
  const claim = accounts.length === 1 ? `the account \`${accounts[0] ?? ''}\`` : `${accounts.length} accounts`
  return diagnostic(
    'policy/double-claim',
    {
      claim,
      level,
      policies: winners.map(({ spec }) => spec.name),
      ...(accounts.length > 1 && { accounts: [...accounts].sort(compareText) }),
    },
    { span: sorted.at(-1)?.span, related: sorted.slice(0, -1) },
  )
}
