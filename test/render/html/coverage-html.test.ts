import { describe, expect, it } from 'vitest'
import type { CoverageReport } from '../../../src/model/coverage.ts'
import { coverageHtml } from '../../../src/render/html/coverage-html.ts'
import { emptyReport, gap, levels, plainReport, report, requirement } from '../coverage-reports.ts'
import { acme, reportOf, trend, view } from './pages.ts'
import { rowsOf, sectionsOf, wordsOf } from './section-text.ts'

const page = (more: Partial<CoverageReport> = {}): Promise<string> => coverageHtml({ ...acme, ...more }, view)

describe('coverage as a page', () => {
  it('says the numbers first, then what they are made of', async () => {
    const html = await page()
    expect(sectionsOf(html)).toEqual([
      'summary',
      'requirements',
      'levels',
      'trend',
      'remedies',
      'accounts',
      'not-covered',
      'new-externals',
      'unclaimed',
      'messages',
    ])
    expect(wordsOf(html)).toContain(
      'Coverage of acme The second factor that each account has to pass, measured 2026-11-24 12:00 UTC.',
    )
    expect(wordsOf(html, 'summary')).toBe(
      'Summary Accounts 58 counted apart: 1 app or service account, 2 deactivated accounts Managed 48 External 10 Pass at least step-up 36 of 58 (62 %) as declared: 52 Requirements met 0 of 1 With live API tokens 2 3 live API tokens of 2 accounts go around sign-in.',
    )
  })

  it.each([
    [
      requirement,
      '✗ not met policies/requirements.yaml:5:1 63.15 % of 90 % required: 36 of 57 accounts pass at least step-up and have no live API token that works. 1 account excepted reception@acme.com until 2030-12-31: “reception desk”, owner alice@acme.com',
    ],
    [
      { ...requirement, met: true, percent: 94.33, excepted: [] },
      '✓ met policies/requirements.yaml:5:1 94.33 % of 90 % required: 36 of 57 accounts',
    ],
    [{ ...requirement, severity: 'note' as const }, '! not met (note)'],
    [
      { ...requirement, population: 0 },
      '· not measured policies/requirements.yaml:5:1 No account is in it, which is not the same as met.',
    ],
  ])('says how a requirement is met: %#', async (one, words) => {
    expect(wordsOf(await page({ requirements: [one] }), 'requirements')).toContain(
      `second factor for everyone ${words}`,
    )
  })

  it('draws levels by population, and says the same numbers in a table', async () => {
    const html = await page()
    expect(rowsOf(html, 'level-numbers')).toEqual([
      ['Accounts', 'none', 'optional', 'step-up', 'two-step', 'sso-mfa'],
      ['all accounts: 58', '20 → 5', '2 → 1', '0 → 6', '0 → 10', '36'],
      ['managed accounts: 48', '10 → 1', '2 → 1', '0', '0 → 10', '36'],
      ['external accounts: 10', '10 → 4', '0', '0 → 6', '0', '0'],
      ['in “Staff behind Okta”: 36', '0', '0', '0', '0', '36'],
    ])
    expect(
      html.match(
        /aria-label="Accounts by level, as evidence[^"]*all accounts, now: none 20, optional 2, sso-mfa 36; declared: none 5/g,
      ),
    ).toHaveLength(2)
    // A bar for each population and time; one where nothing changes.
    expect(html.match(/<title>sso-mfa: 36<\/title>/g)).toHaveLength(10)
  })

  it('draws the largest policies, and lists all of them', async () => {
    const policies = Array.from({ length: 30 }, (_, index) => ({
      by: 'policy' as const,
      name: `policy ${index}`,
      accounts: index,
      levels: levels(index),
      declaredLevels: levels(0, index),
    }))
    const html = await page({ populations: policies })
    expect(wordsOf(html, 'levels')).toContain('And 18 more in the table.')
    expect(html).toMatch(/<text[^>]*>in “policy 29”: 29<\/text>/)
    expect(html).not.toMatch(/<text[^>]*>in “policy 3”: 3<\/text>/)
    expect(rowsOf(html, 'level-numbers')).toHaveLength(32)
  })

  it.each([
    [0, false],
    [1, false],
    [2, true],
    [6, true],
  ])('draws a trend of %i checks: %s', async (checks, drawn) => {
    const html = await page({ trend: trend.slice(-checks || trend.length, checks === 0 ? 0 : undefined) })
    expect(sectionsOf(html).includes('trend')).toBe(drawn)
    // The newest is what is measured now.
    if (drawn)
      expect(rowsOf(html, 'trend-numbers').slice(1, 3)).toEqual([
        ['2026-11-24 12:00 UTC', '58', '20', '2', '0', '0', '36'],
        ['2026-11-17 06:00 UTC', '58', '20', '2', '0', '0', '36'],
      ])
  })

  it('has no trend to show where all checks are of one moment', async () => {
    const [first] = trend
    if (first === undefined) throw new Error('no check')
    const once = { ...first, at: report.at }
    expect(sectionsOf(await page({ trend: [once, once] }))).not.toContain('trend')
  })

  it('lists the gaps as they are ordered, with all that is known of each', async () => {
    const rows = rowsOf(await page(), 'account-table')
    expect(rows).toEqual([
      [
        'Account',
        'Class',
        'Policy',
        'Level',
        'Declared',
        'Live tokens',
        'Roles',
        'Last active',
        'Why no higher',
        'Short of',
      ],
      [
        'bot@partner.example Build Bot · risk: admin, active',
        'external',
        'external',
        'none',
        'step-up',
        '2',
        'atlassian/org-admin',
        '2026-11-23 01:51 UTC',
        'the external policy for external users asks for nothing; 2 live API tokens go around sign-in evidence: settings.authorizationMethod (attested by alice@acme.com, 3 d)',
        'second factor for everyone',
      ],
      [
        'owen.price@acme.com',
        'managed',
        'Local accounts',
        'optional',
        'loses access',
        'not known',
        '',
        'never, as far as is known',
        'its own two-step verification is on by choice; Local accounts does not enforce it',
        'second factor for everyone',
      ],
    ])
  })

  it.each([
    [{ liveTokens: 3, policyAllows: false }, '3 (blocked by the policy)'],
    [{ liveTokens: 3, policyAllows: 'unknown' as const }, '3 (policy not known)'],
    [{ liveTokens: 0, policyAllows: 'unknown' as const }, '0'],
  ])('says what tokens come to: %j', async (bypass, words) => {
    expect(rowsOf(await page({ gaps: [{ ...gap, bypass }] }), 'account-table')[1]?.[5]).toBe(words)
  })

  it('says until when an account is excepted', async () => {
    const exceptions = [{ name: 'legacy bot', requirement: 'second factor for everyone', expires: '2027-03-31' }]
    const rows = rowsOf(await page({ gaps: [{ ...gap, unmet: [], exceptions }] }), 'account-table')
    expect(rows[1]?.[9]).toBe('excepted from “second factor for everyone” until 2027-03-31 (“legacy bot”)')
  })

  it('lists every account where the report does: those beyond the first wait for the script, or stand there without', async () => {
    const html = await coverageHtml(reportOf(450), view)
    const [first, rest] = [rowsOf(html, 'account-table'), rowsOf(html, 'account-table-rest')]
    expect([first.length, rest.length]).toEqual([201, 251])
    expect(rest[0]).toEqual(first[0])
    const emails = [...first.slice(1), ...rest.slice(1)].map(([cell = '']) => cell.split(' ')[0])
    expect(emails).toEqual(reportOf(450).accounts?.map(({ account }) => account.email))
    expect(html.indexOf('<noscript>')).toBeLessThan(html.indexOf('<table id="account-table-rest"'))
    expect(wordsOf(html, 'accounts')).toContain('450 accounts')
  })

  it('lists remedies as they are given, what is not covered, who is new and who is not claimed', async () => {
    const html = await page()
    expect(wordsOf(html, 'remedies')).toMatch(
      /Each is counted as if it were done alone\. set ExternalUserPolicy .* Effect none 20 → 14, step-up 0 → 6; accounts with a live token 2 → 1 block API tokens .* Effect no level changes; accounts with a live token 2 → 1$/,
    )
    expect(wordsOf(html, 'not-covered')).toMatch(
      /\(10 accounts\) 3 customers of portals.* Atlassian’s own insights page goes on showing people who pass an emailed passcode as “two-step verification not enabled”$/,
    )
    expect(wordsOf(html, 'new-externals')).toBe(
      'New external accounts Since the check at 2026-11-23 12:00 UTC: 1. finn@freelance.example',
    )
    expect(wordsOf(html, 'unclaimed')).toContain('acme.io: 1 account zoe@acme.io')
    expect(wordsOf(html, 'messages')).toContain(
      '1 error, 1 warning ✗ error coverage/unmet policies/requirements.yaml:5:1 the requirement second factor for everyone is not met',
    )
  })

  it('names the accounts of a remedy, folded away where there are many', async () => {
    const [remedy] = report.remedies
    if (remedy === undefined) throw new Error('no remedy')
    const affected = Array.from({ length: 100 }, (_, index) => ({ email: `user${index}@partner.example` }))
    const html = await page({ remedies: [{ ...remedy, accounts: 250, affected }] })
    expect(wordsOf(html, 'remedies')).toContain('About the first 100 of 250 accounts user0@partner.example user1@')
  })

  it('never calls an organization that shows no account clean', async () => {
    const html = await coverageHtml(emptyReport, view)
    expect(sectionsOf(html)).toEqual(['summary', 'requirements', 'accounts', 'new-externals'])
    expect(wordsOf(html)).toContain('No account is shown that could have a level: nothing is measured.')
    expect(wordsOf(html, 'accounts')).toContain('nothing is measured')
  })

  it('is of an organization without external accounts, requirements or gaps', async () => {
    const html = await coverageHtml(plainReport, view)
    expect(wordsOf(html, 'requirements')).toContain('None: a CoverageRequirement says who must pass what.')
    expect(wordsOf(html, 'accounts')).toContain('No gaps.')
    expect(wordsOf(html, 'summary')).toContain('With live API tokens not known')
  })
})
