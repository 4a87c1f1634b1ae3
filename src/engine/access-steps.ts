import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { accessRequest, breakGlassOf, isExempt } from '../kinds/access-rules.ts'
import { judgeBy, type AccessCircumstances, type AccessRule } from '../kinds/judge-access.ts'
import type { Live, LiveAccount } from '../kinds/live.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import { compareText } from '../model/address.ts'
import type { AccountMove } from '../model/change.ts'
import type { Json } from '../model/json.ts'
import type { Step } from '../model/plan.ts'
import { stepId, type StepContext } from './make-steps.ts'
import type { Part } from './part.ts'

/** Everything that decides who loses access and who gets it back. */
export interface AccessInput extends AccessCircumstances {
  readonly desired: Desired
  readonly live: Pick<Live, 'accounts' | 'externals' | 'activity' | 'organization' | 'at' | 'domains'>
}

export interface AccessSteps {
  readonly steps: readonly Step[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The access rules of the external user policy: who breaks one is reported or suspended, and whom an apply suspended gets access back when no rule asks for it any
 * more. Break-glass accounts, organization admins, portal customers and accounts whose activity is not known are never suspended.
 */
export function accessSteps(input: AccessInput, context: StepContext): AccessSteps {
  const { desired, live, suspended } = input
  const policy = desired.ExternalUserPolicy.find(({ spec }) => spec.access !== undefined)
  const access = policy?.spec.access ?? {}
  const judge = judgeBy(access, input)
  const breakGlass = breakGlassOf(desired.organization.spec)
  const suspends = access.onViolation === 'suspend'

  const broken: { readonly account: LiveAccount; readonly rule: AccessRule; readonly because: string }[] = []
  const spared: string[] = []
  const unknown: string[] = []
  for (const account of live.externals) {
    if (account.status !== 'active') continue
    const verdict = judge(account)
    if (verdict === 'kept') continue
    if (isExempt(account, breakGlass)) spared.push(account.email)
    else if (verdict === 'unknown') unknown.push(account.email)
    else broken.push({ account, ...verdict })
  }
  const isManaged = new Set(live.accounts.flatMap(({ accountId }) => (suspended.has(accountId) ? [accountId] : [])))
  const isBack = (account: LiveAccount): boolean => {
    const remembered = suspended.get(account.accountId)
    if (remembered === undefined || remembered.restoredAt !== undefined || account.status !== 'suspended') return false
    if (!suspends || isManaged.has(account.accountId) || isExempt(account, breakGlass)) return true
    const verdict = judge(account)
    // Who is suspended cannot become active: what counts is whether the rule that it broke still asks for it.
    return (
      verdict === 'kept' || (verdict !== 'unknown' && remembered.rule !== undefined && verdict.rule !== remembered.rule)
    )
  }
  const back = [live.externals, live.accounts].flatMap(list => list.filter(isBack))

  const place = policy?.locate(['access', 'onViolation'])
  const common = { policy, context, organizationId: live.organization.id }
  return {
    steps: [
      ...(suspends
        ? accessStep(
            'suspend',
            broken.map(({ account, rule, because }) => ({ account, rule, because })),
            common,
          )
        : []),
      ...accessStep(
        'restore',
        back.map(account => ({
          account,
          because: isManaged.has(account.accountId) ? 'it is managed now' : 'no access rule asks for it any more',
        })),
        common,
      ),
    ],
    diagnostics: [
      ...(policy === undefined || suspends ? [] : reportBroken(policy, broken)),
      ...(spared.length === 0 || policy === undefined
        ? []
        : [diagnostic('plan/access-spared', { accounts: spared.sort(compareText) }, { span: place })]),
      ...(unknown.length === 0 || policy === undefined
        ? []
        : [
            diagnostic(
              'plan/activity-unknown',
              { accounts: unknown.sort(compareText) },
              { span: policy.locate(['access', 'inactiveAfter']) },
            ),
          ]),
    ],
  }
}

/** The steps that take and give back the access of the accounts that a part names. */
export function accessStepsOf(
  { suspend, restore }: Part,
  { desired, live }: Pick<AccessInput, 'desired'> & { readonly live: Pick<Live, 'organization'> },
  context: StepContext,
): readonly Step[] {
  const policy = desired.ExternalUserPolicy.find(({ spec }) => spec.access !== undefined)
  const common = { policy, context, organizationId: live.organization.id }
  return [...accessStep('suspend', suspend, common), ...accessStep('restore', restore, common)]
}

function accessStep(
  action: 'suspend' | 'restore',
  found: readonly ({ readonly account: LiveAccount } & Omit<AccountMove, 'account' | 'from'>)[],
  {
    policy,
    context,
    organizationId,
  }: {
    readonly policy: Resource<'ExternalUserPolicy'> | undefined
    readonly context: StepContext
    readonly organizationId: string
  },
): readonly Step[] {
  if (found.length === 0) return []
  const address = policy?.address ?? { kind: 'ExternalUserPolicy', name: 'external' }
  const sorted = [...found].sort((a, b) => compareText(a.account.email, b.account.email))
  const accounts = sorted.map(({ account: { accountId, email, status }, ...why }) => ({
    account: { accountId, email },
    from: status,
    ...why,
  }))
  return [
    {
      id: stepId('api', action, address.kind, address.name),
      status: 'ready',
      dependsOn: [],
      channel: 'api',
      action,
      ...address,
      direction: action === 'suspend' ? 'tightens' : 'loosens',
      ...(policy && { source: context.source(policy.locate(['access'])) }),
      changes: [],
      accounts,
      requests: sorted.map(({ account }) => accessRequest(organizationId, action, account.accountId)),
      basis: context.fingerprint(
        accessBasis(new Map(sorted.map(({ account }) => [account.accountId, account.status]))),
      ),
    },
  ]
}

/** What suspending and restoring rest on: what each account can reach now. */
export const accessBasis = (statuses: ReadonlyMap<string, string>): Json =>
  [...statuses].sort(([a], [b]) => compareText(a, b)).map(([accountId, status]) => [accountId, status])

function reportBroken(
  { locate }: Resource<'ExternalUserPolicy'>,
  broken: readonly { readonly account: LiveAccount; readonly rule: AccessRule }[],
): readonly Diagnostic[] {
  return (['allowedDomains', 'inactiveAfter'] as const).flatMap(rule => {
    const accounts = broken.filter(other => other.rule === rule).map(({ account }) => account.email)
    return accounts.length === 0
      ? []
      : [
          diagnostic(
            'plan/access-violated',
            { rule: `\`${rule}\``, accounts: accounts.sort(compareText) },
            { span: locate(['access', rule]) },
          ),
        ]
  })
}
