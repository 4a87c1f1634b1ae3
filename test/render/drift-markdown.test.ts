import { describe, expect, it } from 'vitest'
import type { DriftReport } from '../../src/model/drift.ts'
import { driftMarkdown } from '../../src/render/drift-markdown.ts'
import {
  changedOutside,
  excepted,
  hostileReports,
  longReport,
  now,
  partialReport,
  quietReport,
  report,
} from './drift-reports.ts'
import { expectMarkdown } from './markdown.ts'

const markdown = (shown: DriftReport): string => driftMarkdown(shown, { folder: 'policies', now })

const rows = (shown: DriftReport): number => (markdown(shown).match(/^\| /gm)?.length ?? 1) - 1

describe('drift in Markdown', () => {
  it('is this', () =>
    expect(`\n${markdown(report)}`).toMatchInlineSnapshot(`
      "
      ### Drift of acme: 10 differences: 1 changed\\-outside, 1 conflict, 1 pending, 1 new, 1 vendor, 1 settling, 2 stale, 2 unverified; 1 excepted

      Checked 2026\\-11\\-24 12:00 UTC. Last complete check: now.

      - not read: API keys: the key lacks the scope \`read:api-keys:admin\`

      | class | what | declared ↔ live | who and when | governed by |
      |---|---|---|---|---|
      | **changed\\-outside** | AuthenticationPolicy “Contractors and break\\-glass” members of j…@‍acme.com | declared Contractors and break\\-glass ↔ live Staff behind Okta | by b…@‍acme.com \\(Bo Lind\\), 2026\\-11\\-24 08:15 UTC, event event\\-17, from 198.51.100.7 | \`policies/contractors.yaml:9\` |
      | **conflict** | IpAllowlist “Office and VPN” ranges | declared 203.0.113.0/24, 2001:db8::/48 ↔ live 203.0.113.0/24, 198.51.100.0/24; last applied 203.0.113.0/24 | who did it is not known: the audit log has no event of it since 2026\\-11\\-23 12:00 UTC, which is no proof that nobody did | \`policies/network.yaml:4\` |
      | pending | IpAllowlist “Old office” | declared not there ↔ live there | no document names it any more |  |
      | new | ExternalUserPolicy “external” members of f…@‍freelance.example | live active | added 2026\\-11\\-23 17:02 UTC |  |
      | vendor | IpAllowlist “Office and VPN” enabled | declared true ↔ live not known |  | \`policies/network.yaml:3\` |
      | settling | IpAllowlist “Lab” enabled | declared true ↔ live false |  |  |

      Not shown: 2 stale, 2 unverified. \`postern drift --verbose\` lists them all.

      <details><summary>1 difference excepted</summary>

      - IpAllowlist “Branch office” enabled: excepted by “office is moving”, owner a…@‍acme.com, until 2027\\-03\\-31

      </details>

      - certificate “okta”: ended 2026\\-11\\-20
      - API key “postern”: 25 days left, until 2026\\-12\\-20 09:00 UTC
      - acme.io: not verified any more \\(unverified\\)
      - acme.org: verified, and 3 accounts on it not claimed

      <details><summary>Messages: 1 warning</summary>

      - warning \`drift/exception-unused\` \`policies/network.yaml:30\`: the exception \`lab\` silences nothing: there is no such difference

      </details>
      "
    `))

  it('is short where there is nothing to say', () =>
    expect(`\n${markdown(quietReport)}`).toMatchInlineSnapshot(`
    "
    ### Drift of acme: No drift

    Checked 2026\\-11\\-24 12:00 UTC. Last complete check: now.
    "
  `))

  it('of a check that is not complete says so, and what was not read', () => {
    const shown = markdown(partialReport)
    expect(shown).toContain('### Drift of acme: No difference in what could be read\n')
    expect(shown).toContain('**The check is not complete.**')
    expect(shown).toContain('- not read: the audit log: HTTP 403')
    expect(shown).toContain('so it cannot be told who moved.')
  })

  it('has twenty rows at most, and says where the rest is', () => {
    expect(rows(longReport)).toBe(20)
    expect(markdown(longReport)).toContain(
      'Not shown: 40 changed\\-outside, 400 new, 13 unverified. `postern drift --verbose` lists them all.',
    )
  })

  it('stays short enough for a comment', () => {
    const long = '*'.repeat(10_000)
    const everywhere = { kind: long, name: long, path: long, expected: long, live: [long], why: long }
    const shown = markdown({
      ...partialReport,
      notRead: Array.from({ length: 50 }, () => ({ what: long, why: long })),
      differences: [changedOutside, excepted].flatMap(one =>
        Array.from({ length: 50 }, () => ({ ...one, ...everywhere })),
      ),
    })
    expect(shown.length).toBeLessThan(65_536)
  })

  it.each(hostileReports)('is what it is, whatever is in it: %j', (text, hostile) => {
    expectMarkdown(markdown(hostile), text)
    expect(rows(hostile)).toBe(3)
  })
})
