import { wordFor } from '../kinds/field.ts'
import { kindNamed } from '../kinds/index.ts'
import { levels, selectedAt, type Level, type Selectable } from '../kinds/members.ts'
import { valueAt } from '../kinds/path.ts'
import type { Resource } from '../kinds/resource.ts'
import { domainOf, foldEmail } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import type { Claim, ExplainedSetting } from '../model/coverage.ts'
import type { Source, Span } from '../model/span.ts'
import type { PolicyView } from './policy-view.ts'

type Policy = Resource<'AuthenticationPolicy'>

/** Every policy whose selectors take an account in, the one that gets it first, with the reason for each that does not. */
export function claimsOn(
  policies: readonly Policy[],
  account: Selectable,
  {
    winner,
    isWaiting,
    directory,
    source,
  }: {
    /** The policy that gets the account, where one does. */
    readonly winner: string | undefined
    /** Whether the rollout of that policy has not reached the account yet. */
    readonly isWaiting: boolean
    /** The directory that the account is in, where it is known. */
    readonly directory: string | undefined
    readonly source: (span: Span) => Source
  },
): readonly Claim[] {
  const found = policies.flatMap(policy => {
    const [selector] = selectedAt(policy.spec.members, account)
    return selector === undefined ? [] : [{ policy, selector }]
  })
  const best = found.find(({ policy }) => policy.spec.name === winner)
  return found
    .map(({ policy, selector }): Claim => {
      const wins = policy.spec.name === winner
      const why = !wins
        ? whyNot(policy, selector, best, directory)
        : isWaiting
          ? 'its rollout has not reached the account: it stays where it is until the stage is widened'
          : undefined
      return {
        policy: policy.spec.name,
        selector,
        source: source(policy.locate(selectorPlace(policy, selector, account))),
        wins,
        ...(why !== undefined && { why }),
      }
    })
    .sort((a, b) => Number(b.wins) - Number(a.wins) || compareText(a.policy, b.policy))
}

/** Where the selector stands that takes the account in: the item of the list, where there is one. */
function selectorPlace(
  { spec: { members } }: Policy,
  selector: Level,
  { email, groups }: Selectable,
): readonly (string | number)[] {
  if (selector === 'everyoneElse') return ['members', selector]
  const items: readonly string[] = members?.[selector] ?? []
  const index = items.findIndex(item =>
    selector === 'accounts'
      ? foldEmail(item) === foldEmail(email)
      : selector === 'groups'
        ? groups.has(item)
        : item.toLowerCase() === domainOf(email),
  )
  return index === -1 ? ['members', selector] : ['members', selector, index]
}

function whyNot(
  { spec }: Policy,
  selector: Level,
  best: { readonly policy: Policy; readonly selector: Level } | undefined,
  directory: string | undefined,
): string {
  const own = spec.directory
  if (best === undefined)
    return directory === undefined ? 'its directory is not known' : 'another policy claims it at the same level'
  if (directory !== undefined && own !== directory && spec.members?.acrossDirectories !== true)
    return `it takes accounts of the directory “${own}” only (acrossDirectories is not set)`
  if (levels.indexOf(selector) > levels.indexOf(best.selector))
    return `\`${selector}\` is weaker than the \`${best.selector}\` of “${best.policy.spec.name}”`
  if (own !== best.policy.spec.directory && selector === 'everyoneElse')
    return `everyone else is everyone else of the directory “${own}”`
  return `“${best.policy.spec.name}” has the higher priority`
}

/** The settings of a policy: what is known of each, what says so, and what the document wants. */
export function explainedSettings(
  view: PolicyView | undefined,
  source: (span: Span) => Source,
): readonly ExplainedSetting[] {
  if (view === undefined) return []
  const { resource, fields: live } = view
  return Object.entries(kindNamed(view.kind).fields).flatMap(([path, field]): readonly ExplainedSetting[] => {
    if (field.channel !== 'console' || field.compare === 'declared' || path === 'name' || field.personal === true)
      return []
    const known = live[path]
    const declared = resource === undefined ? undefined : valueAt(resource.spec, path)
    if (known === undefined && declared === undefined) return []
    return [
      {
        path,
        label: field.label,
        state: known?.state ?? 'unknown',
        ...(known !== undefined &&
          known.state !== 'unknown' && { value: wordFor(field, known.value), evidence: known.evidence }),
        ...(declared !== undefined &&
          resource !== undefined && {
            declared: wordFor(field, declared),
            source: source(resource.locate(path.split('.'))),
          }),
      },
    ]
  })
}
