import { count } from '../diagnostics/wording.ts'
import { grouped } from '../model/grouped.ts'
import type { Remedy } from '../model/coverage.ts'
import type { Counted } from './gaps.ts'
import { levelRank } from './levels.ts'
import { managedVerdict } from './policy-verdict.ts'
import type { PolicyView } from './policy-view.ts'
import type { RemedyInput } from './remedies.ts'
import { remedy, withSettings } from './what-if.ts'

/** The managed accounts in each policy of which something is known. */
const membersOf = ({ rows }: RemedyInput): ReadonlyMap<PolicyView, readonly Counted[]> =>
  grouped(rows, ({ accountClass, now }) => (accountClass === 'managed' ? now.view : undefined))

const settingOf = (view: PolicyView | undefined, path: string) => {
  const field = view?.fields[path]
  return field?.state === 'known' ? field.value : undefined
}

/** Make two-step verification mandatory in policies without single sign-on, where no document does already. */
export function requireTwoStep(input: RemedyInput): readonly Remedy[] {
  return [...membersOf(input)].flatMap(([view, rows]) => {
    const after = input.declared.byName.get(view.name) ?? view
    const sso = settingOf(after, 'settings.singleSignOn') ?? (view.directoryProvider === null ? 'off' : undefined)
    if (sso !== 'off' || settingOf(after, 'settings.twoStepVerification') === 'mandatory') return []
    const at = input.context.now.toISOString()
    const changed = withSettings(
      view,
      { 'settings.singleSignOn': 'off', 'settings.twoStepVerification': 'mandatory' },
      at,
    )
    const outcomes = rows.flatMap(row => {
      const { level } = managedVerdict(changed, row.account.mfaEnabled, input.context)
      return levelRank(level) > levelRank(row.now.verdict.level) ? [{ row, level }] : []
    })
    return outcomes.length === 0
      ? []
      : [
          remedy(input, outcomes, {
            code: 'require-two-step',
            summary: `make two-step verification mandatory in ${view.name}: ${count(outcomes.length, 'account')}`,
            how: `AuthenticationPolicy “${view.name}”: settings: { twoStepVerification: mandatory }`,
            policy: view.name,
          }),
        ]
  })
}

/** Find out and declare that an identity provider asks for a second factor, where single sign-on through it is enforced. */
export function declareMfa(input: RemedyInput): readonly Remedy[] {
  const short = input.rows.filter(({ accountClass, now }) => accountClass === 'managed' && now.verdict.level === 'none')
  const providers = grouped(short, ({ now: { view } }) => {
    if (settingOf(view, 'settings.singleSignOn') !== 'enforced') return undefined
    const named = settingOf(view, 'settings.identityProvider') ?? view?.directoryProvider
    return typeof named !== 'string' || input.context.mfa(named).enforced === 'yes' ? undefined : named
  })
  return [...providers].map(([name, rows]) =>
    remedy(
      input,
      rows.map(row => ({ row, level: 'sso-mfa' as const })),
      {
        code: 'declare-mfa',
        summary: `make sure that ${name} asks everybody for a second factor, and declare it: ${count(rows.length, 'account')} sign in through it`,
        how: `Organization: identityProviders: [{ name: ${name}, enforcesMfa: true, declaredAt: ${input.context.now.toISOString().slice(0, 10)} }]`,
      },
    ),
  )
}
