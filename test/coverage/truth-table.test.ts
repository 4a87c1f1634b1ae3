import { describe, expect, it } from 'vitest'
import { meets } from '../../src/coverage/requirements.ts'
import type { CoverageRequirement } from '../../src/kinds/coverage-requirement.ts'
import type { LiveTokens } from '../../src/kinds/live.ts'
import { coverageLevels, type Bypass, type CoverageLevel } from '../../src/model/coverage.ts'
import { grouped } from '../../src/model/grouped.ts'
import { readTokens } from '../../src/operations/read-tokens.ts'
import { scriptedClient } from '../org/scripted.ts'
import { cannotBe, resultOf, type Case } from './decision-table.ts'
import {
  ago,
  appsOf,
  asked,
  declarationCounts,
  externalLevels,
  managedLevel,
  memberStanding,
  now,
  rules,
  tokenStandings,
  verdictOnUnknownPolicy,
} from './truth-table-calls.ts'
import { declaredExternalLevel, declaredManagedLevel, managedDocuments } from './truth-table-declared.ts'
import { names, source, tables, type Name } from './truth-table-source.ts'

/** What the code says of one combination; several where it can be put in several ways, which must all come to the same. */
type Call = (one: Case) => readonly string[] | Promise<readonly string[]>

/** Runs the rows of a table: every combination that fits one has its result. */
function run(name: Name, call: Call): void {
  describe(name, () => {
    const rows = tables[name].rows.filter(({ result }) => result !== cannotBe)
    it.each(rows.map(row => [row.title, row] as const))('%s', async (_, { fits, result }) => {
      const own = tables[name].cases.filter(fits)
      const wrong: (readonly [Case, string])[] = []
      for (const one of own) for (const said of await call(one)) if (said !== result) wrong.push([one, said])
      expect(own).not.toEqual([])
      expect(wrong.slice(0, 5)).toEqual([])
    })
  })
}

describe('the tables', () => {
  it('name the levels in their order, and for each the levels that are enough', () => {
    expect(source.levels).toEqual(coverageLevels)
    expect(source.enough).toEqual(
      Object.fromEntries(coverageLevels.map((level, rank) => [level, coverageLevels.slice(rank)])),
    )
  })

  it.each(names)('%s has exactly one row for every combination, and no row for none', name => {
    const { cases, rows } = tables[name]
    const fitting = cases.map(one => [one, rows.filter(({ fits }) => fits(one)).length] as const)
    expect(fitting.filter(([, count]) => count !== 1).slice(0, 5)).toEqual([])
    expect(rows.filter(({ fits }) => !cases.some(fits)).map(({ title }) => title)).toEqual([])
  })
})

run('declaration', one => [declarationCounts(one)])

/** Whether the provider of this directory, or of this fact, enforces MFA, as a policy with enforced single sign-on shows. */
run('provider', one => {
  const { level } = managedLevel({ ...one, singleSignOn: 'enforced', twoStepVerification: 'unknown' })
  return [level === 'sso-mfa' ? 'yes' : level === 'none' ? 'no' : level]
})

/** The combinations of directory and fact that stand for a cell of `directory` and one of `provider`. */
const providers = grouped(tables.provider.cases, one =>
  [one['directory'] === 'local' ? 'local' : 'other', resultOf(tables.provider, one)].join(),
)
run('managed', one => {
  const enforces = one['provider'] === 'enforces MFA' ? 'yes' : 'no'
  const standing = providers.get([one['directory'], enforces].join()) ?? []
  return standing.map(provider => managedLevel({ ...one, ...provider }).level)
})

it.each([true, false, undefined])('a managed account whose policy is not known has no level, mfaEnabled %s', flag => {
  const { level, reasons } = verdictOnUnknownPolicy(flag)
  expect([level, reasons]).toEqual(['none', [{ code: 'policy-unknown' }]])
})

run('external', one =>
  appsOf(one['apps'] ?? '', source.apps).flatMap(apps => externalLevels(one, apps).map(({ level }) => level)),
)

describe('the reasons of an external account', () => {
  const passcode = { authorizationMethod: 'one-time-passcode', held: '3d', fact: 'none' }
  const codes = (one: Case, apps: readonly string[] | undefined) =>
    externalLevels(one, apps).map(({ reasons }) => reasons.map(({ code }) => code))

  it.each(['one-time-passcode', 'single-sign-on'])('say that %s is still being propagated', authorizationMethod => {
    for (const reasons of codes({ ...passcode, authorizationMethod, held: '9m59s' }, ['jira']))
      expect(reasons).toContain('propagation')
    for (const reasons of codes({ ...passcode, authorizationMethod, held: '10m' }, ['jira']))
      expect(reasons).not.toContain('propagation')
  })

  it('name the apps that are not covered, and no others', () => {
    for (const { reasons } of externalLevels(passcode, ['jira', 'trello', 'confluence', 'statuspage']))
      expect(reasons).toContainEqual({ code: 'uncovered-app', apps: ['trello', 'statuspage'] })
  })

  it('say where it is not known which apps it reaches', () => {
    for (const reasons of codes(passcode, undefined)) expect(reasons).toContain('apps-unknown')
    for (const reasons of codes(passcode, ['jira'])) expect(reasons).not.toContain('apps-unknown')
  })
})

const worse = (a: CoverageLevel, b: CoverageLevel): CoverageLevel =>
  source.levels.indexOf(a) <= source.levels.indexOf(b) ? a : b

/** Under each pair of policies: which of both counts, told by the level. */
run('membership', one => {
  const levels = ['none', 'step-up', 'sso-mfa'] as const
  const counts: Readonly<Record<string, (external: CoverageLevel, test: CoverageLevel) => CoverageLevel>> = {
    external: external => external,
    test: (_, test) => test,
    lower: worse,
  }
  const possible = new Set(Object.keys(counts))
  for (const external of levels)
    for (const test of levels) {
      const { level } = memberStanding(one, asked[external], asked[test]).verdict
      for (const [name, of] of Object.entries(counts)) if (of(external, test) !== level) possible.delete(name)
    }
  return [[...possible].join()]
})

it.each([
  ['allow', 'allow', true],
  ['allow', 'block', true],
  ['allow', 'unknown', true],
  ['block', 'allow', true],
  ['block', 'block', false],
  ['block', 'unknown', 'unknown'],
  ['unknown', 'allow', true],
  ['unknown', 'block', 'unknown'],
  ['unknown', 'unknown', 'unknown'],
] as const)('of who may be in either, tokens that one policy allows are allowed: %s, %s', (external, test, allows) => {
  const either = { testUsers: 'names it?', document: 'none' }
  expect(memberStanding(either, rules[external], rules[test]).bypass.policyAllows).toBe(allows)
})

run('tokens', one => tokenStandings(one).map(({ bypass }) => String(bypass.policyAllows)))

it.each([
  ['none', [0, 0]],
  ['dead', [0, 0]],
  ['live', [1, 1]],
  ['unread', ['unknown', 'unknown']],
])('the number of live tokens: %s', (tokens, expected) => {
  const standings = tokenStandings({ class: 'external', apiTokens: 'allow', tokens, held: '3d' })
  expect(standings.map(({ bypass }) => bypass.liveTokens)).toEqual(expected)
})

run('liveTokens', async ({ status, expires }) => {
  const times: Case = { later: ago(-1), now: ago(0), earlier: ago(1) }
  const expiresAt = times[expires ?? '']
  const token = {
    id: 't',
    user: { id: 'sam' },
    ...(status !== 'untold' && { status: status === 'another' ? 'PAUSED' : (status ?? '') }),
    ...(expiresAt !== undefined && { expiresAt }),
  }
  const { tokens } = await readTokens(scriptedClient([{ json: { data: [token] } }]).client, now)
  if (tokens === undefined) return ['unread']
  const found: LiveTokens | undefined = tokens.get('sam')
  return [(found?.allowed ?? 0) > 0 ? 'yes' : 'no']
})

run('requirement', ({ tokens, level, liveTokens, policyAllows }) =>
  coverageLevels.flatMap(atLeast => {
    const enough = source.enough[atLeast]
    const own = coverageLevels.filter(one => enough.includes(one) === (level === 'enough'))
    const requirement: CoverageRequirement = {
      kind: 'CoverageRequirement',
      name: 'r',
      population: {},
      atLeast,
      tokens: tokens as 'ignore' | 'live' | 'possible',
    }
    const bypass: Bypass = {
      liveTokens: liveTokens === 'unknown' ? liveTokens : Number(liveTokens),
      policyAllows: policyAllows === 'unknown' ? policyAllows : policyAllows === 'true',
    }
    return own.map(one => {
      const verdict = { level: one, reasons: [], evidence: [] }
      return meets(requirement, { policy: undefined, view: undefined, verdict, bypass }) ? 'yes' : 'no'
    })
  }),
)

run('declaredManaged', async one => [await declaredManagedLevel(one)])
run('declaredExternal', async one => [await declaredExternalLevel(one)])

it('documents that cannot be are refused', async () => {
  const refused = tables.declaredManaged.rows.filter(({ result }) => result === cannotBe)
  for (const one of tables.declaredManaged.cases.filter(found => refused.some(({ fits }) => fits(found))))
    await expect(managedDocuments(one), JSON.stringify(one)).rejects.toThrow('policy/')
})
