import { describe, expect, it } from 'vitest'
import type { ExplainReport } from '../../src/model/coverage.ts'
import { explainMarkdown } from '../../src/render/explain-markdown.ts'
import { now } from './coverage-reports.ts'
import { external, hostileExplained, managed, portalOnly } from './explain-reports.ts'
import { expectMarkdown } from './markdown.ts'

const markdown = (report: ExplainReport): string => explainMarkdown(report, { folder: 'policies', now })

describe('an account explained in Markdown', () => {
  it('that is external', () =>
    expect(`\n${markdown(external)}`).toMatchInlineSnapshot(`
    "
    ### \`sam@partner.example\`: external account

    Sam Okafor · apps: jira · last active: 2026\\-11\\-20 08:00 UTC

    #### Which policy holds

    The external user policy holds for it. No authentication policy can. \`policies/external-users/external.yaml:3:7\`

    #### Which second factor sign-in must pass

    - now: none: no second factor is known to be asked for
    - as declared: step\\-up: a passcode by email, or single sign\\-on without a declared second factor
    - because: the external policy for external users asks for nothing; 1 live API token goes around sign\\-in
    - evidence: settings.authorizationMethod \\(attested by alice@‍acme.com, 3 d\\)
    - API tokens: 1 live token goes around sign\\-in; the policy lets them work

    #### What the policy is known to set

    | setting | value | evidence | the document says |
    |---|---|---|---|
    | Authorization method | \`None\` | attested by alice@‍acme.com, 3 d | \`One-time passcode\` \`policies/external-users/external.yaml:6:3\` |
    | Session expiration | \`30d\` | stale: attested, 176 d | \`7d\` \`policies/external-users/external.yaml:7:3\` |
    | API token access | \`not known\` | nothing shows it |  |
    | Billing | \`billable\` | attested, 3 d; as the document says |  |
    | Identity provider | \`okta\` | attested, 3 d; no document sets it |  |

    #### What the plan changes

    - moves from “external” to “test”
    - is asked for an emailed passcode when the session ends

    #### What to know

    partner.example is not a verified domain of the organization, so the account is external. Authentication policies hold managed accounts only: it cannot be put into one, and two\\-step verification cannot be required of it.

    What applies is the external user policy: Security → External users. It needs Guard Standard and a verified domain.

    "
  `))

  it('that is managed, and claimed by three policies', () =>
    expect(`\n${markdown(managed)}`).toMatchInlineSnapshot(`
    "
    ### \`owen.price@acme.com\`: managed account

    roles: atlassian/org\\-admin · apps: not known · last active: not known

    #### Which policy holds

    It is in the authentication policy “Local accounts” now. The documents put it into “Contractors”.

    - ✓ “Contractors” claims it: it is in one of its \\\`groups\\\` \`policies/contractors.yaml:15:12\`
    - ✗ “Local accounts” claims it: it takes \\\`everyoneElse\\\` of its directory. It does not get it: \\\`everyoneElse\\\` is weaker than the \\\`groups\\\` of “Contractors” \`policies/contractors.yaml:33:3\`
    - ✗ “Staff” claims it: it is on one of its \\\`domains\\\`. It does not get it

    #### Which second factor sign-in must pass

    - now: optional: two\\-step verification is on by choice; nothing enforces it
    - as declared: the same
    - because: its own two\\-step verification is on by choice; Local accounts does not enforce it
    - evidence: none
    - API tokens: whether there are any is not known: the key may not list them; whether the policy lets them work is not known

    #### What the plan changes

    - nothing

    "
  `))

  it('that no policy holds for', () =>
    expect(`\n${markdown(portalOnly)}`).toMatchInlineSnapshot(`
    "
    ### \`cust@shop.example\`: portal customer

    apps: none · last active: never, as far as is known

    #### Which policy holds

    No policy holds for it.

    #### What the plan changes

    - nothing

    #### What to know

    This account reaches no app of the organization.

    "
  `))

  it.each(hostileExplained)('is what it is, whatever is in it: %j', (text, report) => {
    expectMarkdown(markdown(report), text)
    expect(markdown(report).match(/^#{3,4} /gm)).toHaveLength(6)
    // Each row of the table of settings has its four cells.
    const rows = markdown(report).match(/^\|.*\|$/gm) ?? []
    expect(rows).toHaveLength(2 + external.settings.length)
    for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(6)
  })
})
