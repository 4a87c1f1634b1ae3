import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import type { CoverageReport } from '../../src/model/coverage.ts'
import { coverageText } from '../../src/render/coverage-text.ts'
import { plainStyle } from '../../src/render/style.ts'
import { emptyReport, gap, hostileReports, now, plainReport, report, requirement } from './coverage-reports.ts'
import { acting } from './hostile-text.ts'

const text = (shown: CoverageReport, verbose = false): string =>
  coverageText(shown, { style: plainStyle(80), folder: 'policies', now, verbose })

describe('coverage for a terminal', () => {
  it('is this at 80 columns', () =>
    expect(`\n${text(report)}`).toMatchInlineSnapshot(`
    "
    Coverage of acme: the second factor each account has to pass, measured
    2026-11-24 12:00 UTC

    58 accounts: 48 managed, 10 external.
    Counted apart, as they have no level: 1 app or service account, 2 deactivated
    accounts.
    3 live API tokens of 2 accounts go around sign-in.

    Levels, as evidence shows them now and as the documents declare them
      · none  ░ optional  ▒ step-up  ▓ two-step  █ sso-mfa

                                              none optional step-up two-step sso-mfa
      all accounts
        now       ·········░█████████████████   20        2       -        -      36
        declared  ··░▒▒▒▓▓▓▓█████████████████    5        1       6       10      36
      managed accounts: 48
        now       ······░████████████████████   10        2       -        -      36
        declared  ·░▓▓▓▓▓████████████████████    1        1       -       10      36
      external accounts: 10
        now       ···························   10        -       -        -       -
        declared  ···········▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒    4        -       6        -       -
      in “Staff behind Okta”: 36
        unchanged ███████████████████████████    -        -       -        -      36

    Requirements
      ✗ “second factor for everyone” not met: 63.15 %, required 90 %
          36 of 57 accounts pass at least step-up and have no live API token that
          works
          excepted until 2030-12-31: reception@acme.com (“reception desk”,
            alice@acme.com)
          policies/requirements.yaml:5:1

    Gaps: 2 accounts, the most dangerous first
      bot@partner.example  none → step-up        admin, active, 2 live tokens
          external account, under the external user policy; evidence:
          settings.authorizationMethod (attested by alice@acme.com, 3 d)
          the external policy for external users asks for nothing; 2 live API tokens
          go around sign-in
      owen.price@acme.com  optional → loses access
          managed account, in “Local accounts”; evidence: none
          its own two-step verification is on by choice; Local accounts does not
          enforce it

    What can be done, each counted as if it were done alone
       1. set ExternalUserPolicy “external” in the console as its document says, and
          state what the page shows: nothing proves it for 6 accounts
          how     postern plan shows the page and the settings; then postern attest
                  ExternalUserPolicy/external
          effect  none 20 → 14, step-up 0 → 6; accounts with a live token 2 → 1
       2. block API tokens in AuthenticationPolicy “Local accounts”: 1 live token of
          1 account stops working
          how     AuthenticationPolicy “Local accounts”: settings: { apiTokens:
                  block }; tell the owners first
          effect  no level changes; accounts with a live token 2 → 1

    What no policy covers, by design
      - the mobile apps may not ask external accounts for the passcode (10 accounts)
      - 3 customers of portals: they have a sign-in of their own
      - Atlassian’s own insights page goes on showing people who pass an emailed
        passcode as “two-step verification not enabled”

    External accounts that are new since 2026-11-23 12:00 UTC: 1
      finn@freelance.example

    On your verified domains, but not claimed: claimed, they would be managed
      acme.io: 1 account
        zoe@acme.io

    In all: 36 of 58 accounts pass at least step-up, 2 gaps, 0 of 1 requirement met
    "
  `))

  it('of an organization that shows no account measures nothing', () =>
    expect(`\n${text(emptyReport)}`).toMatchInlineSnapshot(`
      "
      Coverage of acme: the second factor each account has to pass, measured
      2026-11-24 12:00 UTC

      No account is shown that could have a level: nothing is measured.

      Requirements
        ✗ “second factor for everyone” not measured
            no account is in it, which is not the same as met
            policies/requirements.yaml:5:1

      External accounts that are new since 2026-11-23 12:00 UTC: none

      In all: 0 of 0 accounts pass at least step-up, 0 gaps, 0 of 1 requirement met
      "
    `))

  it('without external accounts, requirements or gaps says so', () =>
    expect(`\n${text(plainReport)}`).toMatchInlineSnapshot(`
      "
      Coverage of acme: the second factor each account has to pass, measured
      2026-11-24 12:00 UTC

      3 accounts: 3 managed, 0 external.
      API tokens are not known: the key may not list them.

      Levels, as evidence shows them now and as the documents declare them
        · none  ░ optional  ▒ step-up  ▓ two-step  █ sso-mfa

                                                none optional step-up two-step sso-mfa
        all accounts
          unchanged ███████████████████████████    -        -       -        -       3
        managed accounts: 3
          unchanged ███████████████████████████    -        -       -        -       3

      Requirements
        none: a CoverageRequirement says who must pass what

      No gaps.

      External accounts that are new since 2026-11-23 12:00 UTC: none

      In all: 3 of 3 accounts pass at least step-up, 0 gaps, no requirement
      "
    `))

  it.each([
    ['another class', { accountClass: 'robot' as 'app' }, 'account (robot)'],
    ['another risk', { risk: ['haunted' as 'admin'] }, 'haunted'],
    ['who loses access', { declaredLevel: undefined }, 'none → loses access'],
    ['the test policy', { policy: 'test' }, 'under the test policy for external users'],
    ['no policy', { policy: undefined }, 'policy not known'],
    [
      'an exception',
      { exceptions: [{ name: 'desk', requirement: 'all', expires: '2030-12-31' }] },
      'excepted from “all” until 2030-12-31 (“desk”)',
    ],
  ])('shows %s', (_, change, words) => {
    const gaps = [{ ...gap, ...change }] as CoverageReport['gaps']
    expect(text({ ...report, gaps })).toContain(words)
  })

  it.each([
    [{ met: true }, '  ✓ “second factor for everyone” met: 63.15 %, required 90 %\n'],
    [{ severity: 'warning' as const }, '  ✗ “second factor for everyone” not met: 63.15 %, required 90 % (warning)\n'],
    [{ tokens: 'ignore' as const }, 'pass at least step-up, whatever API tokens there are\n'],
    [{ tokens: 'possible' as const }, 'pass at least step-up and are in a policy that blocks'],
  ])('says how a requirement is met: %j', (change, words) =>
    expect(text({ ...report, requirements: [{ ...requirement, ...change }] })).toContain(words),
  )

  it('names the requirements that a gap is short of, where there is more than one', () => {
    const requirements = [requirement, { ...requirement, name: 'admins' }]
    expect(text({ ...report, requirements })).toContain('      short of “second factor for everyone”\n')
    expect(text(report)).not.toContain('short of')
  })

  it('cuts long lists, and shows all of them where that was asked for', () => {
    const many = <T>(item: T): readonly T[] => Array.from({ length: 25 }, () => item)
    const email = { email: 'new@partner.example' }
    const long: CoverageReport = {
      ...report,
      populations: many({ by: 'policy', name: 'P', accounts: 1, levels: report.levels, declaredLevels: report.levels }),
      requirements: [{ ...requirement, excepted: many(requirement.excepted[0] ?? expect.fail('one is excepted')) }],
      gaps: many(gap),
      remedies: many(report.remedies[0] ?? expect.fail('there is a remedy')),
      newExternals: { since: report.at, accounts: many(email) },
      unclaimed: [{ domain: 'acme.io', accounts: many(email) }],
    }
    expect(text(long).match(/and 5 more \(--verbose/g)).toHaveLength(6)
    expect(text(long).match(/^ {2}bot@partner/gm)).toHaveLength(20)
    expect(text(long, true)).not.toContain('more (--verbose')
    expect(text(long, true).match(/^ {2}bot@partner/gm)).toHaveLength(25)
  })

  it('says once what the insights page goes on showing', () => {
    const insights = { code: 'insights-page', summary: 'the insights page shows them so' }
    expect(text({ ...report, notCovered: [insights] }).match(/insights page/g)).toHaveLength(1)
    expect(text({ ...report, notCovered: [] }).match(/insights page/g)).toHaveLength(1)
    expect(text(plainReport)).not.toContain('insights page')
  })

  it.each([report, emptyReport, plainReport])('keeps to 80 columns', shown => {
    for (const line of text(shown).split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80)
  })

  it.each(hostileReports)('cannot be made to act on the terminal: %j', (_, hostile) => {
    for (const verbose of [false, true]) expect(text(hostile, verbose)).not.toMatch(acting)
    // Each list has as many lines of its own as it has items, whatever is in them.
    const lines = text(hostile).split('\n')
    expect(lines.filter(line => line.startsWith('  ✗ “'))).toHaveLength(2)
    expect(lines.filter(line => /^ {2}[ \d]\d\. /.test(line))).toHaveLength(2)
  })
})
