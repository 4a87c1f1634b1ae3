import { describe, expect, it } from 'vitest'
import type { DoctorCheck } from '../../src/model/doctor-report.ts'
import { checkKey } from '../../src/operations/doctor/check-key.ts'
import { clockCheck } from '../../src/operations/doctor/clock.ts'
import { keyExpiry } from '../../src/operations/doctor/key-life.ts'
import type { ApiKey } from '../../src/org/answers/api-key.ts'
import { allScopes, found, statusOf, withKey, wordsOf } from './doctor-key-world.ts'
import { scenarioNamed, start, type StartOptions } from './start.ts'

describe('a key that works', () => {
  it('may make every call, and says what it sees', async () => {
    const { checks, organizations } = await found({}, { keyLabel: 'postern' })
    expect(checks.filter(({ status }) => status !== 'ok').map(({ check }) => check)).toEqual(['clock'])
    expect(checks.map(({ check }) => check)).toEqual([
      'key',
      'organization',
      'key-kind',
      'scopes-import',
      'scopes-plan',
      'scopes-coverage',
      'scopes-drift',
      'scopes-apply',
      'scopes-observe',
      'key-expiry',
      'clock',
    ])
    expect(organizations).toEqual([scenarioNamed('acme').organization])
    expect(checks.flatMap(({ fix }) => fix ?? [])).toEqual([])
  })

  it.each([
    [undefined, 'without scopes'],
    [allScopes, 'with scopes'],
  ])('tells its kind (%#)', async (scopes, words) => {
    const { checks } = await found({ scenario: withKey(scopes) })
    expect(wordsOf(checks, 'key-kind')).toContain(`a key ${words}`)
  })

  it('says what is inferred, and what only use can tell', async () => {
    const { checks } = await found({ scenario: withKey(allScopes) })
    expect(wordsOf(checks, 'scopes-apply')).toMatch(
      /write:policies:admin is inferred.*delete:policies:admin.*suspend access.*restore access.* shows only in use/,
    )
    expect(wordsOf(checks, 'scopes-plan')).not.toMatch(/inferred|only in use/)
  })

  it('is looked at for the commands that were named only', async () => {
    const { checks } = await found({}, { commands: ['revert', 'drift'] })
    expect(checks.map(({ check }) => check).filter(check => check.startsWith('scopes-'))).toEqual([
      'scopes-plan',
      'scopes-drift',
    ])
  })
})

describe('a key that does not work', () => {
  const cases: readonly (readonly [string, StartOptions, readonly RegExp[]])[] = [
    ['is none', { key: 'two words' }, [/not an API key/]],
    ['is empty', { key: ' ' }, [/no API key/]],
    ['is unknown', { key: 'never-made' }, [/answered 401/, /wrong, revoked or past its end/]],
    [
      'is of a demoted admin',
      { switches: { ownerMustBeOrgAdmin: true }, scenario: { ...withKey(undefined), accounts: [] } },
      [/answered 403/, /admin who owns the key/],
    ],
  ]
  it.each(cases)('because it %s', async (_, options, words) => {
    const { checks, organizations, answers } = await found(options)
    expect(checks.map(({ status }) => status)).toEqual(['failed', ...checks.slice(1).map(() => 'not-checked')])
    for (const word of words) expect(wordsOf(checks, 'key')).toMatch(word)
    expect([organizations, answers.size]).toEqual([[], 0])
    expect(JSON.stringify(checks)).not.toContain('never-made')
  })

  it.each([
    ['nonsense', /it is no address/],
    ['http://api.example', /https only/],
    ['https://api.atlassian.com/ex/jira', /without a path/],
  ])('because its address is %s', async (apiUrl, words) => {
    const { connection, now } = await start()
    const { checks } = await checkKey({ ...connection, apiUrl }, { now })
    expect([statusOf(checks, 'key'), wordsOf(checks, 'key')]).toEqual(['failed', expect.stringMatching(words)])
  })

  it('because nobody answers', async () => {
    const { connection, now } = await start()
    const transport = () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }))
    const { checks } = await checkKey({ ...connection, transport }, { now })
    expect([statusOf(checks, 'key'), wordsOf(checks, 'key')]).toEqual(['failed', expect.stringMatching(/no such host/)])
  })
})

describe('the organization', () => {
  const two = withKey(undefined, { otherOrganizations: [{ id: 'org-2', name: 'two' }] })

  it('is the only one that the key sees', async () => {
    const { checks } = await found({}, { organization: undefined })
    expect([statusOf(checks, 'organization'), statusOf(checks, 'scopes-plan')]).toEqual(['ok', 'ok'])
  })

  it('is asked for where the key sees several', async () => {
    const { checks, organizations } = await found({ scenario: two }, { organization: undefined })
    expect([statusOf(checks, 'key'), statusOf(checks, 'organization'), statusOf(checks, 'scopes-plan')]).toEqual([
      'ok',
      'not-checked',
      'not-checked',
    ])
    expect(organizations.map(({ id }) => id)).toEqual([scenarioNamed('acme').organization.id, 'org-2'])
  })

  it('must be one that the key sees', async () => {
    const { checks } = await found({ scenario: two }, { organization: 'org-3' })
    expect([statusOf(checks, 'organization'), statusOf(checks, 'scopes-plan')]).toEqual(['failed', 'not-checked'])
    expect(wordsOf(checks, 'organization')).toMatch(/org-3.*acme.*two/)
  })
})

describe('the end of the key', () => {
  const now = new Date('2026-11-24T08:00:00Z')
  const key = (label: string, expiresAt?: string): ApiKey => ({
    id: label,
    label,
    ...(expiresAt !== undefined && { expiresAt }),
  })
  const cases: readonly (readonly [string, readonly ApiKey[], string | undefined, DoctorCheck['status'], RegExp])[] = [
    ['is far', [key('a', '2027-06-01T00:00:00Z')], 'a', 'ok', /2027-06-01, in 188 days/],
    ['is in 30 days', [key('a', '2026-12-24T08:00:00Z')], 'a', 'ok', /in 30 days/],
    ['is in 29 days', [key('a', '2026-12-24T07:59:59Z')], 'a', 'warning', /in 29 days/],
    ['is tomorrow', [key('a', '2026-11-25T09:00:00Z')], 'a', 'warning', /in 1 day$/],
    ['is today', [key('a', '2026-11-24T09:00:00Z')], 'a', 'failed', /in 0 days/],
    ['of the only key', [key('x', '2027-06-01T00:00:00Z')], undefined, 'ok', /“x”/],
    [
      'of the only key that is left',
      [key('x', '2027-06-01T00:00:00Z'), key('y', '2020-01-01T00:00:00Z')],
      undefined,
      'ok',
      /“x”/,
    ],
    [
      'of one of two',
      [key('x', '2027-06-01T00:00:00Z'), key('y', '2027-06-01T00:00:00Z')],
      undefined,
      'not-checked',
      /2 API keys/,
    ],
    ['of another label', [key('x', '2027-06-01T00:00:00Z')], 'a', 'warning', /labelled “a”; there is “x”/],
    [
      'of two with the label',
      [key('a', '2027-06-01T00:00:00Z'), key('a', '2026-12-01T00:00:00Z')],
      'a',
      'warning',
      /first of 2 .* 2026-12-01/,
    ],
    ['that no one tells', [key('a')], 'a', 'not-checked', /does not say/],
    ['that is no date', [key('a', 'soon')], 'a', 'not-checked', /does not say/],
  ]
  it.each(cases)('%s', (_, keys, label, status, words) => {
    const check = keyExpiry(keys, label, now)
    expect([check.status, check.summary]).toEqual([status, expect.stringMatching(words)])
    expect(check.fix === undefined).toBe(status === 'ok')
  })

  it('is found by the label of the document', async () => {
    const { checks } = await found({}, { keyLabel: 'postern' })
    expect(wordsOf(checks, 'key-expiry')).toContain('“postern” ends on')
  })
})

describe('the clock', () => {
  it.each([
    [undefined, 'not-checked', /told the time/],
    [0, 'ok', /within a minute/],
    [-60, 'ok', /within a minute/],
    [61, 'warning', /61 s ahead/],
    [-300, 'warning', /5 min behind/],
    [301, 'failed', /5 min ahead/],
    [-7300, 'failed', /2 h behind/],
    [400_000, 'failed', /4 d ahead/],
  ] as const)('%s s ahead', (seconds, status, words) => {
    const check = clockCheck(seconds)
    expect([check.status, check.summary]).toEqual([status, expect.stringMatching(words)])
  })

  it.each([
    ['Tue, 24 Nov 2026 08:00:02 GMT', 'ok'],
    ['Tue, 24 Nov 2026 07:58:00 GMT', 'warning'],
    ['Tue, 24 Nov 2026 09:00:00 GMT', 'failed'],
    ['soon', 'not-checked'],
  ])('is compared with the Date of the answers: %s', async (date, status) => {
    const { checks } = await found({}, {}, { date })
    expect(statusOf(checks, 'clock')).toBe(status)
  })
})
