import { describe, expect, it } from 'vitest'
import type { CoverageReport } from '../../src/model/coverage.ts'
import { coverageMarkdown } from '../../src/render/coverage-markdown.ts'
import { emptyReport, gap, hostileReports, now, plainReport, report } from './coverage-reports.ts'
import { expectMarkdown } from './markdown.ts'

const markdown = (shown: CoverageReport): string => coverageMarkdown(shown, { folder: 'policies', now })

describe('coverage in Markdown', () => {
  it('is this', () =>
    expect(`\n${markdown(report)}`).toMatchInlineSnapshot(`
      "
      ### Coverage of acme: 0 of 1 requirement met

      58 accounts: 48 managed, 10 external; counted apart 1 app or service account, 2 deactivated accounts. 3 live API tokens of 2 accounts go around sign-in. Measured 2026\\-11\\-24 12:00 UTC.

      - ✗ \`second factor for everyone\` **not met**: 63.15 %, required 90 %: 36 of 57 accounts pass at least step-up and have no live API token that works \`policies/requirements.yaml:5\`
        - excepted until 2030\\-12\\-31: \`r…@acme.com\` (reception desk)

      | now → declared | none | optional | step-up | two-step | sso-mfa |
      |---|--:|--:|--:|--:|--:|
      | all | 20 → 5 | 2 → 1 | 0 → 6 | 0 → 10 | 36 |
      | managed: 48 | 10 → 1 | 2 → 1 | 0 | 0 → 10 | 36 |
      | external: 10 | 10 → 4 | 0 | 0 → 6 | 0 | 0 |

      <details><summary>Levels in 1 policy</summary>

      | now → declared | none | optional | step-up | two-step | sso-mfa |
      |---|--:|--:|--:|--:|--:|
      | \`Staff behind Okta\`: 36 | 0 | 0 | 0 | 0 | 36 |

      </details>

      <details><summary>2 gaps, the most dangerous first</summary>

      | account | is | level | risk | why no higher | evidence |
      |---|---|---|---|---|---|
      | \`b…@partner.example\` | external account, under the external user policy | none → step-up | admin, active, 2 live tokens | the external policy for external users asks for nothing; 2 live API tokens go around sign\\-in | settings.authorizationMethod \\(attested by a…@‍acme.com, 3 d\\) |
      | \`o…@acme.com\` | managed account, in “Local accounts” | optional → loses access |  | its own two\\-step verification is on by choice; Local accounts does not enforce it | none |

      </details>

      <details><summary>What can be done: 2 remedies</summary>

      1. set ExternalUserPolicy “external” in the console as its document says, and state what the page shows: nothing proves it for 6 accounts<br>postern plan shows the page and the settings; then postern attest ExternalUserPolicy/external<br>Effect: none 20 → 14, step-up 0 → 6; accounts with a live token 2 → 1
      1. block API tokens in AuthenticationPolicy “Local accounts”: 1 live token of 1 account stops working<br>AuthenticationPolicy “Local accounts”: settings: \\{ apiTokens: block \\}; tell the owners first<br>Effect: no level changes; accounts with a live token 2 → 1

      </details>

      <details><summary>What no policy covers, by design</summary>

      - the mobile apps may not ask external accounts for the passcode \\(10 accounts\\)
      - 3 customers of portals: they have a sign\\-in of their own
      - Atlassian’s own insights page goes on showing people who pass an emailed passcode as “two\\-step verification not enabled”

      </details>

      <details><summary>1 external account new since the last check</summary>

      Since 2026\\-11\\-23 12:00 UTC:

      - \`f…@freelance.example\`

      </details>

      <details><summary>1 account on your verified domains, not claimed</summary>

      \`acme.io\`:

      - \`z…@acme.io\`

      </details>

      <details><summary>2 messages</summary>

      **1 error, 1 warning**

      - error \`coverage/unmet\` \`policies/requirements.yaml:5\`: the requirement \`second factor for everyone\` is not met
      - warning \`coverage/exception-unneeded\` \`policies/requirements.yaml:12\`: the exception \`reception desk\` is not needed

      </details>
      "
    `))

  it('of an organization that shows no account', () =>
    expect(`\n${markdown(emptyReport)}`).toMatchInlineSnapshot(`
      "
      ### Coverage of acme: 0 of 1 requirement met

      No account is shown that could have a level: nothing is measured, at 2026\\-11\\-24 12:00 UTC.

      - ✗ \`second factor for everyone\` **not measured**: no account is in it \`policies/requirements.yaml:5\`
      "
    `))

  it('without external accounts, requirements or gaps', () =>
    expect(`\n${markdown(plainReport)}`).toMatchInlineSnapshot(`
      "
      ### Coverage of acme: no requirement

      3 accounts: 3 managed, 0 external. API tokens are not known: the key may not list them. Measured 2026\\-11\\-24 12:00 UTC.

      | now → declared | none | optional | step-up | two-step | sso-mfa |
      |---|--:|--:|--:|--:|--:|
      | all | 0 | 0 | 0 | 0 | 3 |
      | managed: 3 | 0 | 0 | 0 | 0 | 3 |
      "
    `))

  it('stays short enough for a comment', () => {
    const gaps = Array.from({ length: 20_000 }, () => gap)
    const remedies = Array.from({ length: 500 }, () => report.remedies).flat()
    const shown = markdown({ ...report, gaps, remedies })
    expect(shown.length).toBeLessThan(65_536)
    expect(shown.match(/^and [\d,]+ more$/gm)).toEqual(['and 19950 more', 'and 950 more'])
  })

  it.each(hostileReports)('is what it is, whatever is in it: %j', (text, hostile) => {
    expectMarkdown(markdown(hostile), text)
    // The same parts as with harmless names.
    expect(markdown(hostile).match(/<details>/g)).toHaveLength(7)
  })
})
