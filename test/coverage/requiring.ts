import type { Assessed, Standing } from '../../src/coverage/assess.ts'
import { requirementProblems, requirementResult, requirementsOf } from '../../src/coverage/requirements.ts'
import type { CoverageLevel, RequirementResult } from '../../src/model/coverage.ts'
import type { Json } from '../../src/model/json.ts'
import type { Span } from '../../src/model/span.ts'
import { documents } from '../engine/documents.ts'
import { person } from './assessing.ts'

/** An account of one policy at one level. */
export interface Someone {
  readonly email?: string
  readonly accountClass?: Assessed['accountClass']
  readonly roles?: readonly string[]
  /** Undefined: not known. */
  readonly policy?: string | undefined
  readonly level?: CoverageLevel
  readonly declared?: CoverageLevel
  /** Tokens that its policy lets work; none unless told otherwise. */
  readonly liveTokens?: number
}

const standing = (level: CoverageLevel, { policy: name, liveTokens = 0 }: Someone): Standing => ({
  policy: name,
  view: undefined,
  verdict: { level, reasons: [], evidence: [] },
  bypass: { liveTokens, policyAllows: liveTokens > 0 ? true : 'unknown' },
})

/** A counted account; external and without a second factor unless told otherwise. */
export const someone = (one: Someone = {}): Assessed => {
  const { email = 'sam@partner.example', accountClass = 'external', roles = [], level = 'none' } = one
  return {
    account: person(email, { roles }),
    accountClass,
    now: standing(level, one),
    declared: standing(one.declared ?? level, one),
  }
}

/** Accounts that a passcode covers, and accounts that nothing does. */
export const covered = (count: number): readonly Assessed[] =>
  Array.from({ length: count }, (_, index) => someone({ email: `c${index}@partner.example`, level: 'step-up' }))
export const uncovered = (count: number): readonly Assessed[] =>
  Array.from({ length: count }, (_, index) => someone({ email: `u${index}@partner.example` }))

const atLine = ({ file }: Span) => ({ file, line: 1, column: 1 })

/** A requirement for everybody to pass a passcode at least, with what a document says besides. */
export const requirement = (rest: Readonly<Record<string, Json>> = {}): string =>
  JSON.stringify({ kind: 'CoverageRequirement', name: 'r', population: {}, atLeast: 'step-up', ...rest })

/** An exception for one account, with what a document says besides. */
export const exception = (account: string, rest: Readonly<Record<string, Json>> = {}): string =>
  JSON.stringify({
    kind: 'Exception',
    name: account,
    account,
    requirement: 'r',
    owner: 'alice@acme.com',
    reason: 'a reason',
    expires: '2027-03-31',
    ...rest,
  })

/** How the requirement `r` of these documents is met, and the codes of what is wrong. */
export async function judge(
  texts: readonly string[],
  rows: readonly Assessed[],
  when: 'now' | 'declared' = 'now',
): Promise<{ readonly result: RequirementResult; readonly problems: readonly (readonly [string, string])[] }> {
  const desired = await documents(...texts)
  const requirements = requirementsOf(desired.CoverageRequirement, desired.Exception)
  const results = requirements.map(one => requirementResult(one, rows, when, atLine))
  const result = results.find(({ name }) => name === 'r')
  if (result === undefined) throw new Error('there is no requirement r')
  const found = requirementProblems(requirements, results, rows)
  return { result, problems: found.map(({ code, severity }) => [code, severity]) }
}
