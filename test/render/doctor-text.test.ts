import { describe, expect, it } from 'vitest'
import type { DoctorCheck, DoctorReport } from '../../src/model/doctor-report.ts'
import { doctorMarkdown } from '../../src/render/doctor-markdown.ts'
import { doctorChecksText, doctorText } from '../../src/render/doctor-text.ts'
import { plainStyle } from '../../src/render/style.ts'
import { acting, hostileTexts } from './hostile-text.ts'
import { expectMarkdown } from './markdown.ts'

const report = (checks: readonly DoctorCheck[], name = 'acme'): DoctorReport => ({
  formatVersion: '1.0',
  organization: { name, id: 'org-1' },
  checks,
  diagnostics: [],
})

const one: DoctorReport = report([
  { check: 'key', status: 'ok', summary: 'the API answers with it' },
  {
    check: 'scopes-drift',
    status: 'failed',
    summary: 'drift: the key lacks read:events:admin',
    fix: 'create a new key with read:orgs:admin and read:events:admin',
  },
  { check: 'key-expiry', status: 'warning', summary: 'the key ends in 9 days', fix: 'create a new one' },
  { check: 'clock', status: 'not-checked', summary: 'no answer of the API told the time' },
])

describe('what is missing', () => {
  it('is a line each, what to do beneath it', () => {
    expect(doctorText(one, plainStyle(70))).toBe(`Organization acme (org-1)

ok  key           the API answers with it
x   scopes-drift  failed: drift: the key lacks read:events:admin
                  → create a new key with read:orgs:admin and
                    read:events:admin
!   key-expiry    warning: the key ends in 9 days
                  → create a new one
-   clock         not checked: no answer of the API told the time

1 ok, 1 warning, 1 failed, 1 not checked
`)
  })

  it('stands beneath the names where there is no room beside them', () => {
    expect(doctorChecksText(one.checks, plainStyle(40))).toBe(`ok  key
    the API answers with it
x   scopes-drift
    failed: drift: the key lacks
    read:events:admin
    → create a new key with
      read:orgs:admin and
      read:events:admin
!   key-expiry
    warning: the key ends in 9 days
    → create a new one
-   clock
    not checked: no answer of the API
    told the time
`)
  })

  it('may be nothing, of an organization that is not known', () => {
    const checks = [{ check: 'key', status: 'ok', summary: 'fine' }] as const
    expect(doctorText({ formatVersion: '1.0', checks, diagnostics: [] }, plainStyle(80))).toBe(
      'ok  key  fine\n\n1 ok\n',
    )
  })

  it('is a table in Markdown', () => {
    expect(doctorMarkdown(one)).toBe(`### What Postern needs: acme

| check | status | what was found | what to do |
|---|---|---|---|
| \`key\` | ok | the API answers with it |  |
| \`scopes-drift\` | **failed** | drift: the key lacks read:events:admin | create a new key with read:orgs:admin and read:events:admin |
| \`key-expiry\` | warning | the key ends in 9 days | create a new one |
| \`clock\` | not checked | no answer of the API told the time |  |

1 ok, 1 warning, 1 failed, 1 not checked
`)
  })
})

describe('hostile names', () => {
  it.each(hostileTexts)('do nothing: %j', text => {
    const shown = report([{ check: 'organization', status: 'warning', summary: text, fix: text }], text)
    expect(doctorText(shown, plainStyle(80))).not.toMatch(acting)
    expectMarkdown(doctorMarkdown(shown), text)
  })

  it.each([40, 60, 80, 120])('no line is wider than %i columns', width => {
    const long = 'a name as long as a sentence '.repeat(8)
    const shown = doctorChecksText(
      one.checks.map(check => ({ ...check, summary: long, fix: long })),
      plainStyle(width),
    )
    expect(Math.max(...shown.split('\n').map(line => line.length))).toBeLessThanOrEqual(width)
  })
})
