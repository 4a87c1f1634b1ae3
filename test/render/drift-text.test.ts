import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import type { DriftReport } from '../../src/model/drift.ts'
import { driftText } from '../../src/render/drift-text.ts'
import { plainStyle, type Style } from '../../src/render/style.ts'
import {
  excepted,
  hostileReports,
  longReport,
  now,
  partialReport,
  quietReport,
  report,
  unknownClassReport,
} from './drift-reports.ts'
import { acting } from './hostile-text.ts'

const text = (shown: DriftReport, verbose = false, style: Style = plainStyle(80)): string =>
  driftText(shown, { style, folder: 'policies', now, verbose })

describe('drift for a terminal', () => {
  it('is this at 80 columns', () =>
    expect(`\n${text(report)}`).toMatchInlineSnapshot(`
    "
    Drift of acme, checked 2026-11-24 12:00 UTC: complete
      - not read: API keys: the key lacks the scope \`read:api-keys:admin\`

    Changed outside (1): the organization moved, git did not
      AuthenticationPolicy “Contractors and break-glass” members of jo@acme.com
          declared Contractors and break-glass ↔ live Staff behind Okta
          by bo@acme.com (Bo Lind), 2026-11-24 08:15 UTC, event event-17, from
          198.51.100.7
          policies/contractors.yaml:9:3
      → \`postern apply\` puts the declared state back, \`postern drift --accept\` takes
        the live one over

    Conflict (1): the organization and git both moved
      IpAllowlist “Office and VPN” ranges
          declared 203.0.113.0/24, 2001:db8::/48 ↔ live 203.0.113.0/24,
          198.51.100.0/24; last applied 203.0.113.0/24
          who did it is not known: the audit log has no event of it since 2026-11-23
          12:00 UTC, which is no proof that nobody did
          evidence: API, now
          policies/network.yaml:4:1
      → \`postern apply\` puts the declared state back, \`postern drift --accept\` takes
        the live one over

    Pending (1): git moved on, the organization did not follow yet
      IpAllowlist “Old office”
          declared not there ↔ live there
          no document names it any more
      → \`postern apply\` carries it out

    New (1): not seen by the last complete check
      ExternalUserPolicy “external” members of finn@freelance.example
          live active
          added 2026-11-23 17:02 UTC
      → \`postern explain\` says which policy holds for an account

    In an unknown form (1): the API serves it in a form that Postern does not know
      IpAllowlist “Office and VPN” enabled
          declared true ↔ live not known
          policies/network.yaml:3:1
      → look at it in the console; a newer version of Postern may know it

    Settling (1): the change is still taking effect
      IpAllowlist “Lab” enabled
          declared true ↔ live false
      → check again later

    Stale (2): what was seen of it counts no more
      ExternalUserPolicy “external”: 2 settings
          settings.apiTokens, settings.sessionDuration
          it was last seen longer ago than 90d
          policies/external.yaml:8:5
      → look at the page in the console, then \`postern attest\` what it shows

    Unverified (2): nothing shows what it is
      AuthenticationPolicy “Staff behind Okta”: 2 settings
          settings.apiTokens, settings.idleSession
          policies/staff.yaml:11:3
      → look at the page in the console, then \`postern attest\` what it shows

    Excepted (1): each until its day
      IpAllowlist “Branch office” enabled: changed-outside
          declared true ↔ live false
          by Bo Lind, 2026-11-20 10:00 UTC, event event-3
          excepted by “office is moving”, owner alice@acme.com, until 2027-03-31
          policies/network.yaml:12:1

    Keys, certificates and domains
      certificate “okta”: ended 2026-11-20
      API key “postern”: 25 days left, until 2026-12-20 09:00 UTC
      certificate “entra”: 157 days left, until 2027-05-01
      acme.io: not verified any more (unverified)
      acme.org: verified, and 3 accounts on it not claimed

    36 of 58 accounts pass at least step-up. Requests: 41 reads.
    10 differences: 1 changed-outside, 1 conflict, 1 pending, 1 new, 1 vendor, 1
    settling, 2 stale, 2 unverified; 1 excepted. Last complete check: now.
    "
  `))

  it('is short where there is nothing to say', () =>
    expect(`\n${text(quietReport)}`).toMatchInlineSnapshot(`
    "
    Drift of acme, checked 2026-11-24 12:00 UTC: complete

    36 of 58 accounts pass at least step-up. Requests: 41 reads.
    No drift. Last complete check: now.
    "
  `))

  it('of a check that is not complete never says that there is no drift', () =>
    expect(`\n${text(partialReport)}`).toMatchInlineSnapshot(`
      "
      Drift of acme, checked 2026-11-24 12:00 UTC: not complete; last complete check:
      2026-11-22 11:30 UTC, 2 d ago
        - not read: the audit log: HTTP 403: the key lacks the scope
          \`read:audit-log:admin\`
      The ledger does not know what was last applied, so it cannot be told who moved.

      36 of 58 accounts pass at least step-up. Requests: 41 reads.
      No difference in what could be read. Last complete check: 2026-11-22 11:30 UTC,
      2 d ago.
      "
    `))

  it('without a history does not say who moved', () => {
    const shown = text({ ...report, history: false })
    expect(shown).toContain('Pending (1): declared and live differ\n')
    expect(shown).toContain('so it cannot be told who moved.')
  })

  it('shows a class that it has never heard of, before what can wait', () =>
    expect(text(unknownClassReport).match(/^\S.* \(1\): .*$/gm)).toEqual([
      'Of the class foreseen (1): this version of Postern does not know it',
      'Pending (1): git moved on, the organization did not follow yet',
    ]))

  it.each([
    ['cuts each class', false, [50, 10, 10], ['10 more', '390 more', '3 more']],
    ['shows everything if asked for', true, [60, 400, 13], []],
  ])('%s', (_, verbose, shown, more) => {
    const lines = text(longReport, verbose)
    const items = [
      /^ {2}AuthenticationPolicy “Contractors/gm,
      /new\d+@freelance/gm,
      /^ {2}AuthenticationPolicy “Policy/gm,
    ]
    expect(items.map(pattern => lines.match(pattern)?.length)).toEqual(shown)
    expect(lines.match(/\d+ more(?= \(--verbose)/g) ?? []).toEqual(more)
  })

  it('counts what is excepted for nothing', () => {
    const shown = text({ ...quietReport, differences: [excepted] })
    expect(shown).not.toContain('Changed outside')
    expect(shown).toContain(
      'Excepted (1): each until its day\n  IpAllowlist “Branch office” enabled: changed-outside\n',
    )
    expect(shown.trimEnd().split('\n').at(-1)).toBe('No drift; 1 excepted. Last complete check: now.')
  })

  it.each<[string, Partial<DriftReport>, string]>([
    ['earlier', { lastCompleteAt: '2026-11-24T07:00:00Z', complete: false }, '2026-11-24 07:00 UTC, 5 h ago'],
    ['never', { lastCompleteAt: null, complete: false }, 'never, as far as the ledger knows'],
    ['now', {}, 'now'],
  ])('tells the last complete check: %s', (_, part, words) =>
    expect(text({ ...quietReport, ...part }).replaceAll('\n', ' ')).toContain(`Last complete check: ${words}.`),
  )

  it.each([
    [-1, '<red>ended'],
    [0, '<yellow>less than a day left, until'],
    [1, '<yellow>1 day left, until'],
    [29, '<yellow>29 days left, until'],
    [30, '30 days left, until'],
  ])('paints what ends in %d days', (days, words) => {
    const paint = (name: string) => (line: string) => `<${name}>${line}`
    const style = { ...plainStyle(80), red: paint('red'), yellow: paint('yellow') }
    const life = [{ what: 'api-key', name: 'postern', expires: '2026-12-20', days }]
    const line = text({ ...quietReport, life }, false, style)
      .split('\n')
      .find(one => one.includes('postern'))
    expect(line?.replace('  API key “postern”: ', '')).toBe(`${words} 2026-12-20`)
  })

  it.each([report, partialReport, longReport])('stays within 80 columns', shown =>
    expect(
      Math.max(
        ...text(shown, true)
          .split('\n')
          .map(line => stringWidth(line)),
      ),
    ).toBeLessThanOrEqual(80),
  )

  it.each(hostileReports)('cannot act on the terminal: %j', (_, hostile) => {
    for (const verbose of [false, true]) expect(text(hostile, verbose)).not.toMatch(acting)
  })
})
