import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { CoverageRequirement } from '../kinds/coverage-requirement.ts'
import type { Resource } from '../kinds/resource.ts'
import { domainOf, foldEmail } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import type { RequirementResult } from '../model/coverage.ts'
import type { Source, Span } from '../model/span.ts'
import type { Assessed, Standing } from './assess.ts'
import { levelRank } from './levels.ts'

/** A requirement, and the accounts that are excepted from it. */
export interface Requirement {
  readonly resource: Resource<'CoverageRequirement'>
  readonly exceptions: ReadonlyMap<string, Resource<'Exception'>>
}

/** The requirements with their exceptions. Expired ones do not get this far: the documents are refused. */
export const requirementsOf = (
  requirements: readonly Resource<'CoverageRequirement'>[],
  exceptions: readonly Resource<'Exception'>[],
): readonly Requirement[] =>
  requirements.map(resource => ({
    resource,
    exceptions: new Map(
      exceptions.flatMap(exception => {
        const { requirement, account } = exception.spec
        return requirement === resource.spec.name && account !== undefined ? [[foldEmail(account), exception]] : []
      }),
    ),
  }))

/** Whether a requirement is about an account. What its population leaves out does not narrow it. */
export function isIn(
  { population: { accounts, roles, domains, policies } }: Pick<CoverageRequirement, 'population'>,
  { account, accountClass }: Assessed,
  { policy }: Standing,
): boolean {
  return (
    (accounts === undefined || accounts.includes(accountClass)) &&
    (roles === undefined || roles.some(role => account.roles.includes(role))) &&
    (domains === undefined || domains.some(domain => domain.toLowerCase() === domainOf(account.email))) &&
    (policies === undefined || (accountClass === 'managed' && policy !== undefined && policies.includes(policy)))
  )
}

/** Whether what holds for an account is enough. A token that goes around sign-in counts as the requirement says (design 8). */
export function meets({ atLeast, tokens = 'live' }: CoverageRequirement, { verdict, bypass }: Standing): boolean {
  if (levelRank(verdict.level) < levelRank(atLeast)) return false
  switch (tokens) {
    case 'ignore':
      return true
    case 'live':
      return bypass.liveTokens === 'unknown' ? bypass.policyAllows === false : bypass.liveTokens === 0
    case 'possible':
      return bypass.policyAllows === false
  }
}

/** How a requirement is met now, or once the documents are carried out. */
export function requirementResult(
  { resource, exceptions }: Requirement,
  rows: readonly Assessed[],
  when: 'now' | 'declared',
  source: (span: Span) => Source,
): RequirementResult {
  const { spec, locate } = resource
  const { name, atLeast, tokens = 'live', minimumPercent = 100, severity = 'error' } = spec
  let population = 0
  let meeting = 0
  const excepted: RequirementResult['excepted'][number][] = []
  for (const row of rows) {
    const standing = row[when]
    if (standing === undefined || !isIn(spec, row, standing)) continue
    const { accountId, email } = row.account
    const exception = exceptions.get(foldEmail(email))
    if (exception !== undefined) {
      const { owner, expires } = exception.spec
      excepted.push({ account: { accountId, email }, exception: exception.spec.name, owner, expires })
      continue
    }
    population++
    if (meets(spec, standing)) meeting++
  }
  return {
    name,
    met: population > 0 && (meeting * 100) / population >= minimumPercent,
    // Rounded down: what is not met must not look as if it were.
    percent: population === 0 ? 0 : Math.floor((meeting * 10_000) / population) / 100,
    required: minimumPercent,
    atLeast,
    tokens,
    severity,
    population,
    meeting,
    excepted: excepted.sort((a, b) => compareText(a.account.email, b.account.email)),
    source: source(locate(['atLeast'])),
  }
}

/** What is wrong with requirements and exceptions: unmet ones, empty populations, exceptions that nobody needs. */
export function requirementProblems(
  requirements: readonly Requirement[],
  results: readonly RequirementResult[],
  rows: readonly Assessed[],
): readonly Diagnostic[] {
  return requirements.flatMap((requirement, index): readonly Diagnostic[] => {
    const { resource, exceptions } = requirement
    const { spec, locate } = resource
    const result = results[index]
    if (result === undefined) return []
    const own = rows.filter(row => row.now !== undefined && isIn(spec, row, row.now))
    const unneeded = [...exceptions].flatMap(([email, exception]) => unneededException(email, exception, spec, own))
    if (result.population === 0) {
      const excepted = result.excepted.length
      return [
        diagnostic('coverage/empty-population', { requirement: spec.name, excepted }, { span: locate(['population']) }),
        ...unneeded,
      ]
    }
    if (result.met) return unneeded
    const short = own.filter(
      ({ account, now }) => now !== undefined && !exceptions.has(foldEmail(account.email)) && !meets(spec, now),
    )
    const facts = {
      requirement: spec.name,
      atLeast: result.atLeast,
      percent: result.percent,
      required: result.required,
      accounts: short.map(({ account }) => account.email).sort(compareText),
    }
    const unmet = diagnostic('coverage/unmet', facts, { span: locate(['atLeast']) })
    return [{ ...unmet, severity: result.severity }, ...unneeded]
  })
}

function unneededException(
  email: string,
  { spec: exception, locate }: Resource<'Exception'>,
  requirement: CoverageRequirement,
  population: readonly Assessed[],
): readonly Diagnostic[] {
  const row = population.find(({ account }) => foldEmail(account.email) === email)
  const why =
    row?.now === undefined ? ('not-in-population' as const) : meets(requirement, row.now) ? ('met' as const) : undefined
  return why === undefined
    ? []
    : [
        diagnostic(
          'coverage/exception-unneeded',
          { exception: exception.name, account: email, requirement: requirement.name, why },
          { span: locate(['account']) },
        ),
      ]
}
