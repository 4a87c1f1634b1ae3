import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import type { ExplainReport } from '../../src/model/coverage.ts'
import { explainText } from '../../src/render/explain-text.ts'
import { plainStyle } from '../../src/render/style.ts'
import { now } from './coverage-reports.ts'
import { external, hostileExplained, managed, portalOnly } from './explain-reports.ts'
import { acting } from './hostile-text.ts'

const text = (report: ExplainReport): string =>
  explainText(report, { style: plainStyle(80), folder: 'policies', now, verbose: false })

describe('an account explained at a terminal', () => {
  it('that is external', () =>
    expect(`\n${text(external)}`).toMatchInlineSnapshot(`
    "
    sam@partner.example (Sam Okafor): an external account
      apps         jira
      last active  2026-11-20 08:00 UTC

    Which policy holds
      The external user policy holds for it. No authentication policy can.
        policies/external-users/external.yaml:3:7

    Which second factor sign-in must pass
      now          none: no second factor is known to be asked for
      as declared  step-up: a passcode by email, or single sign-on without a
                   declared second factor
      because      the external policy for external users asks for nothing; 1 live
                   API token goes around sign-in
      evidence     settings.authorizationMethod (attested by alice@acme.com, 3 d)
      API tokens   1 live token goes around sign-in; the policy lets them work

    What the policy is known to set
      Authorization method  None (attested by alice@acme.com, 3 d)
                            the document says One-time passcode,
                            policies/external-users/external.yaml:6:3
      Session expiration    30d (stale: attested, 176 d)
                            the document says 7d,
                            policies/external-users/external.yaml:7:3
      API token access      not known (nothing shows it)
      Billing               billable (attested, 3 d; as the document says)
      Identity provider     okta (attested, 3 d; no document sets it)

    What the plan changes
      - moves from “external” to “test”
      - is asked for an emailed passcode when the session ends

    What to know
      partner.example is not a verified domain of the organization, so the account
      is external. Authentication policies hold managed accounts only: it cannot be
      put into one, and two-step verification cannot be required of it.

      What applies is the external user policy: Security → External users. It needs
      Guard Standard and a verified domain.
    "
  `))

  it('that is managed, and claimed by three policies', () =>
    expect(`\n${text(managed)}`).toMatchInlineSnapshot(`
    "
    owen.price@acme.com: a managed account
      roles        atlassian/org-admin
      apps         not known
      last active  not known

    Which policy holds
      It is in the authentication policy “Local accounts” now. The documents put it
      into “Contractors”.
      ✓ “Contractors” claims it: it is in one of its \`groups\`
        policies/contractors.yaml:15:12
      ✗ “Local accounts” claims it: it takes \`everyoneElse\` of its directory. It
        does not get it: \`everyoneElse\` is weaker than the \`groups\` of “Contractors”
        policies/contractors.yaml:33:3
      ✗ “Staff” claims it: it is on one of its \`domains\`. It does not get it

    Which second factor sign-in must pass
      now          optional: two-step verification is on by choice; nothing enforces
                   it
      as declared  the same
      because      its own two-step verification is on by choice; Local accounts
                   does not enforce it
      evidence     none
      API tokens   whether there are any is not known: the key may not list them;
                   whether the policy lets them work is not known

    What the plan changes
      - nothing
    "
  `))

  it('that no policy holds for', () =>
    expect(`\n${text(portalOnly)}`).toMatchInlineSnapshot(`
    "
    cust@shop.example: a portal customer
      apps         none
      last active  never, as far as is known

    Which policy holds
      No policy holds for it.

    What the plan changes
      - nothing

    What to know
      This account reaches no app of the organization.
    "
  `))

  it.each<readonly [string, Readonly<Record<string, unknown>>, string]>([
    ['under the test policy', { policy: 'test' }, 'The test policy for external users holds for it.'],
    ['of another class', { accountClass: 'robot' }, 'sam@partner.example (Sam Okafor): an account (robot)'],
    ['suspended', { accountClass: 'suspended' }, 'It would be under “external”.'],
    [
      'in no known policy',
      { accountClass: 'managed', policy: null },
      'The API does not tell which authentication policy it is in.',
    ],
    ['that nobody claims', { accountClass: 'managed', policy: 'P' }, 'No document claims it, so it stays'],
    [
      'where it shall be',
      { accountClass: 'managed', policy: 'Contractors', claims: managed.claims },
      'It is in the authentication policy “Contractors”, where the documents want it.',
    ],
    [
      'that is claimed twice alike',
      { accountClass: 'managed', policy: 'P', claims: managed.claims.slice(1) },
      'and stays there: no policy that takes',
    ],
    [
      'that loses access',
      { declaredLevel: undefined, afterPlan: { changes: ['loses access'] } },
      'no level: the plan takes its access',
    ],
    ['that gets access back', { level: undefined }, 'no level: it reaches nothing now'],
    ['whose level only changes', { afterPlan: { level: 'two-step', changes: [] } }, 'its level becomes two-step'],
    ['whose apps are not known', { products: undefined }, '  apps         not known'],
    [
      'with tokens that are blocked',
      { bypass: { liveTokens: 0, policyAllows: false } },
      'none that is live and works; the policy blocks them',
    ],
  ])('%s', (_, change, words) => expect(text({ ...external, ...change })).toContain(words))

  it.each([external, managed, portalOnly])('keeps to 80 columns', report => {
    for (const line of text(report).split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80)
  })

  it.each(hostileExplained)('cannot be made to act on the terminal: %j', (_, report) => {
    expect(text(report)).not.toMatch(acting)
    expect(
      text(report)
        .split('\n')
        .filter(line => /^\S/.test(line)).length,
    ).toBeLessThanOrEqual(12)
  })
})
