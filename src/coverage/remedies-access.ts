import { count } from '../diagnostics/wording.ts'
import { breakGlassOf, isExempt } from '../kinds/access-rules.ts'
import { judgeBy } from '../kinds/judge-access.ts'
import { compareText } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { Remedy } from '../model/coverage.ts'
import { levelRank } from './levels.ts'
import type { RemedyInput } from './remedies.ts'
import { remedy } from './what-if.ts'

/** Block API tokens in each policy whose members have live ones, where no document does already. */
export function blockTokens(input: RemedyInput): readonly Remedy[] {
  const byPolicy = grouped(input.rows, ({ accountClass, now: { bypass, policy }, declared }) =>
    bypass.liveTokens === 'unknown' || bypass.liveTokens === 0 || policy === undefined
      ? undefined
      : JSON.stringify([accountClass, policy, declared?.bypass.policyAllows === false]),
  )
  return [...byPolicy]
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, rows]) => {
      const [accountClass, policy, blockedSoon] = JSON.parse(key) as [string, string, boolean]
      const kind = accountClass === 'external' ? 'ExternalUserPolicy' : 'AuthenticationPolicy'
      const tokens = rows.reduce((sum, { now }) => sum + Number(now.bypass.liveTokens), 0)
      return remedy(
        input,
        rows.map(row => ({ row, level: row.now.verdict.level, tokensWork: false })),
        {
          code: 'block-tokens',
          summary: `block API tokens in ${kind} “${policy}”${blockedSoon ? ', as the documents say' : ''}: ${count(tokens, 'live token')} of ${count(rows.length, 'account')} ${tokens === 1 ? 'stops' : 'stop'} working`,
          how: blockedSoon
            ? 'carry out the plan: postern plan'
            : `${kind} “${policy}”: settings: { apiTokens: block }; tell the owners first`,
          policy,
        },
      )
    })
}

/** Days without activity after which the remedy would suspend, where no document says otherwise. */
const inactiveDays = '90d'

/** Suspend external accounts that pass nothing and have not been active for long. */
export function suspendInactive(input: RemedyInput): readonly Remedy[] {
  const access = input.desired.ExternalUserPolicy.find(({ spec }) => spec.access !== undefined)?.spec.access
  const after = access?.inactiveAfter ?? inactiveDays
  if (access?.onViolation === 'suspend' && access.inactiveAfter !== undefined) return []
  const breakGlass = breakGlassOf(input.desired.organization.spec)
  // The rules of a document go together: who breaks the other one is suspended too.
  const judge = judgeBy(
    { ...access, inactiveAfter: after },
    {
      desired: input.desired,
      live: { activity: input.activity, at: input.context.now.toISOString(), domains: input.domains },
      suspended: new Map(),
    },
  )
  const found = { inactive: 0, outside: 0, unknown: 0 }
  const broken = input.rows.filter(({ accountClass, account, now }) => {
    if (accountClass !== 'external' || isExempt(account, breakGlass)) return false
    const verdict = judge(account)
    const weak = levelRank(now.verdict.level) < levelRank('two-step')
    if (verdict === 'unknown' && weak) found.unknown++
    if (verdict === 'kept' || verdict === 'unknown') return false
    const isOutside = verdict.rule === 'allowedDomains'
    if (!isOutside && !weak) return false
    found[isOutside ? 'outside' : 'inactive']++
    return true
  })
  const { inactive, outside, unknown } = found
  if (inactive === 0) return []
  return [
    remedy(
      input,
      broken.map(row => ({ row, level: undefined })),
      {
        code: 'suspend-inactive',
        summary:
          `suspend external accounts that were not active for ${after}: ${count(inactive, 'account')}` +
          (outside === 0 ? '' : `, and with them ${count(outside, 'account')} outside \`allowedDomains\``) +
          (unknown === 0 ? '' : `; of ${unknown} more the activity is not known`),
        how: `ExternalUserPolicy “external”: access: { inactiveAfter: ${after}, onViolation: suspend }`,
      },
    ),
  ]
}
