import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/model/plan.ts'
import { affectedCsv } from '../../src/render/affected-csv.ts'
import { hostilePlans, plan } from './plans.ts'

type Row = Readonly<Record<string, string>>

const rowsOf = (shown: Plan): readonly Row[] => parse(affectedCsv(shown), { columns: true })

const rows = rowsOf(plan)

const rowOf = (code: string, certain = 'yes'): Row =>
  rows.find(row => row['change'] === code && row['certain'] === certain) ?? expect.fail(`no row of ${code}`)

describe('who is affected, as CSV', () => {
  it('has a row for each account and change, by address, then by code', () => {
    expect(rows).toHaveLength(plan.impact.reduce((sum, { accounts }) => sum + accounts.length, 0))
    expect(rows.slice(0, 4).map(row => Object.values(row).slice(0, 5))).toEqual([
      ['ann@partner.example', '712020:ann', 'suspended', 'yes', 'loses access to all apps'],
      ['ann@partner.example', '', 'turns-blue', 'yes', '1 account turns blue'],
      ['bob@partner.example', '712020:bob', 'suspended', 'yes', 'loses access to all apps'],
      ['cy@partner.example', '712020:cy', 'restored', 'yes', 'gets access back'],
    ])
    const both = rows.filter(row => row['email'] === 'user00@partner.example').map(row => row['change'])
    expect(both).toEqual(['asked-for-passcode', 'loses-tokens'])
  })

  it.each([
    [
      'asked-for-two-step',
      'yes',
      'From the next time you sign in to the Atlassian apps of acme, you will be asked for a second step after your password, for example a code from an app on your phone. If you have not set it up yet, Atlassian guides you through it then; please have your phone at hand. If you cannot complete it, please contact your Atlassian administrator.',
    ],
    [
      'asked-for-passcode',
      'no',
      'From the next time you sign in to the Atlassian apps of acme, you will be asked for a passcode. Atlassian sends it to this email address each time, so please make sure that you can read this mailbox when you sign in. There is nothing to install or to set up. It may be that this is so for you already; then nothing changes.',
    ],
    [
      'suspended',
      'yes',
      'Your access to the Atlassian apps of acme will be suspended. Your Atlassian account itself is not deleted. If you still need access, please contact your Atlassian administrator.',
    ],
    [
      'turns-blue',
      'yes',
      'How you use the Atlassian apps of acme is about to change. If anything does not work as before, please contact your Atlassian administrator.',
    ],
  ])('%s has a text that can be mailed', (code, certain, text) => expect(rowOf(code, certain)['text']).toBe(text))

  it('says what stops working with a token, and what to do', () => {
    expect(rowOf('loses-tokens')['text']).toMatch(
      /^The API tokens of your .*keys for scripts.* will stop working .* ask /,
    )
    expect(rowOf('loses-tokens', 'no')['text']).toMatch(/^If there are any, the API tokens of your /)
  })

  it('has no word in a text that only admins know', () => {
    for (const { text = '', change = '' } of rows) {
      expect(text, change).not.toMatch(/policy|two-step|2SV|SSO|MFA|identity provider|billable|Guard|external|managed/i)
      expect(text, change).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('is a heading where nobody notices anything', () =>
    expect(affectedCsv({ ...plan, impact: [] })).toBe('email,account id,change,certain,what changes,text\r\n'))

  it.each(hostilePlans)('is one row each, whatever is in it: %j', (_, hostile) => {
    expect(affectedCsv(hostile).split('\r\n')).toHaveLength(5)
    for (const row of rowsOf(hostile)) {
      expect(Object.keys(row)).toHaveLength(6)
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@＝＋－＠]|[\r\n\t]/)
    }
  })
})
