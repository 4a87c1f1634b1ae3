import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { CoverageReport } from '../../src/model/coverage.ts'
import { coverageCsv } from '../../src/render/coverage-csv.ts'
import { emptyReport, gap, hostileReports, report } from './coverage-reports.ts'

const rowsOf = (shown: CoverageReport): readonly Readonly<Record<string, string>>[] =>
  parse(coverageCsv(shown), { columns: true })

describe('coverage as CSV', () => {
  it('is this', () => {
    expect(coverageCsv(report).split('\r\n')).toEqual([
      'email,account id,name,class,policy,level,declared level,live tokens,policy allows tokens,risk,roles,apps,last active,unmet requirements,excepted until,reason,evidence',
      'bot@partner.example,712020:bo,Build Bot,external,external,none,step-up,2,yes,"admin, active, tokens",atlassian/org-admin,"confluence, jira",2026-11-23T01:51:05.931Z,second factor for everyone,,the external policy for external users asks for nothing; 2 live API tokens go around sign-in,"settings.authorizationMethod (attested by alice@acme.com, 2026-11-21T12:00:00Z)"',
      'owen.price@acme.com,712020:ow,,managed,Local accounts,optional,,unknown,unknown,,,unknown,never,second factor for everyone,,its own two-step verification is on by choice; Local accounts does not enforce it,',
      '',
    ])
  })

  it('has every account where the report does', () => {
    const accounts = ['a', 'b', 'c'].map(name => ({ ...gap, account: { email: `${name}@x.example` } }))
    expect(rowsOf({ ...report, accounts }).map(row => [row['email'], row['account id']])).toEqual([
      ['a@x.example', ''],
      ['b@x.example', ''],
      ['c@x.example', ''],
    ])
  })

  it('says until when an account is excepted, and what is not known', () => {
    const exceptions = [{ name: 'desk', requirement: 'all', expires: '2030-12-31' }]
    const bypass = { liveTokens: 0, policyAllows: false }
    const [row] = rowsOf({
      ...report,
      gaps: [
        {
          account: gap.account,
          accountClass: 'external',
          level: 'none',
          bypass,
          reason: 'r',
          exceptions,
          evidence: [],
          risk: [],
          roles: [],
          unmet: [],
        },
      ],
    })
    expect(row).toMatchObject({
      'excepted until': '2030-12-31 (all)',
      'live tokens': '0',
      'policy allows tokens': 'no',
      'last active': 'unknown',
      apps: 'unknown',
      policy: '',
    })
  })

  it('is a heading where there is no account', () => expect(rowsOf(emptyReport)).toEqual([]))

  it.each(hostileReports)('is one row for an account, whatever is in it: %j', (_, hostile) => {
    const text = coverageCsv(hostile)
    expect(text.split('\r\n')).toHaveLength(3)
    expect(rowsOf(hostile)).toHaveLength(1)
    expect(Object.keys(rowsOf(hostile)[0] ?? {})).toHaveLength(17)
  })
})
