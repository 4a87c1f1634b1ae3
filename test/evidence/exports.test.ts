import { describe, expect, it } from 'vitest'
import { columns, foldHeading, recognize, type ExportKind } from '../../src/evidence/columns.ts'
import { factsOfAccounts, factsOfMembers } from '../../src/evidence/export-facts.ts'
import { readExport } from '../../src/evidence/read-export.ts'
import { accountsHeader, externalUsersHeader, membersHeader, simulate } from '../../src/simulator/index.ts'

const headers: Readonly<Record<ExportKind, readonly string[]>> = {
  members: membersHeader,
  accounts: accountsHeader,
  'external-users': externalUsersHeader,
}

/** The documented columns, word for word (ref 2.4), before the columns of apps. */
const documented: typeof headers = {
  members: [
    'name',
    'email',
    'last active',
    'status',
    'billable',
    'policy name',
    'policy type',
    'SAML SSO',
    'two-step verification enabled',
    'password requirements',
    'idle session duration',
  ],
  accounts: [
    'name',
    'Atlassian ID',
    'status',
    'last active',
    'claimed',
    'billable',
    'policy type',
    'SAML SSO',
    'two-step verification',
    'verified email',
  ],
  'external-users': ['email', 'Atlassian ID', 'last active', 'apps', 'billable for Guard Standard'],
}

const kinds = Object.keys(documented) as ExportKind[]

const at = '2026-11-24T07:00:00.000Z'

const csv = (header: readonly string[], ...rows: readonly (readonly string[])[]): string =>
  [header, ...rows].map(row => row.map(cell => (/[",\n]/.test(cell) ? `"${cell}"` : cell)).join(',')).join('\n')

const codes = (file: string, text: string) => readExport(file, text).diagnostics.map(({ code }) => code)

describe('the documented columns', () => {
  it.each(kinds)('of %s are those of the simulator and ours, none more', kind => {
    expect(headers[kind]).toEqual(documented[kind])
    const own: Readonly<Record<string, { readonly headings: readonly string[] }>> = columns[kind]
    expect(Object.values(own).map(({ headings }) => headings[0])).toEqual(
      documented[kind].map(heading => foldHeading(heading)),
    )
  })

  it.each([
    ['members', 'members.csv', ['Jira', 'Confluence']],
    ['accounts', 'accounts.csv', ['Jira', 'Confluence']],
    ['external-users', 'external-users.csv', []],
  ] as const)('begin the simulator’s export of %s', async (kind, file, apps) => {
    const simulator = await simulate({ listen: false, clock: { now: () => Date.parse(at) } })
    const response = await simulator.fetch(`/console/o/${simulator.organizationId}/exports/${file}`)
    const text = await response.text()
    expect(text.split('\n')[0]).toBe([...documented[kind], ...apps].join(','))
    const read = readExport(file, text)
    expect(read.ok && [read.value.kind, read.value.unknown]).toEqual([kind, apps])
  })
})

describe('recognizing an export', () => {
  it.each(kinds)('%s whatever the order and case of its columns', kind => {
    const header = [...documented[kind]].reverse().map(heading => heading.toUpperCase())
    expect(recognize(header)).toMatchObject({ kind, unknown: [] })
  })

  it.each(kinds)('%s by meaning: other punctuation, other words that mean the same', kind => {
    const other: Readonly<Record<string, string>> = {
      email: 'Email address',
      'Atlassian ID': 'Account ID',
      'last active': 'Last-active date',
      'SAML SSO': 'Single sign-on',
      'policy name': 'Authentication policy',
      'billable for Guard Standard': 'Billable for Atlassian Guard Standard',
    }
    const header = documented[kind].map(heading => other[heading] ?? heading.replaceAll(' ', '_'))
    expect(recognize(header)).toMatchObject({ kind, unknown: [] })
  })

  it.each(kinds)('%s with a byte order mark, CRLF and quoted headings', kind => {
    const row = documented[kind].map((_, index) => `cell ${index}`)
    const text = `\ufeff${documented[kind].map(heading => `"${heading}"`).join(',')}\r\n${row.join(',')}\r\n`
    const read = readExport('x.csv', text)
    expect(read.ok && [read.value.kind, read.value.rows.length]).toEqual([kind, 1])
  })

  it('keeps and reports columns that nobody documented', () => {
    const read = readExport(
      'm.csv',
      csv(
        [...membersHeader, 'Jira', 'Passkeys'],
        Array.from({ length: 13 }, () => 'x'),
      ),
    )
    expect(read.ok && read.value.unknown).toEqual(['Jira', 'Passkeys'])
    expect(read.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['evidence/unknown-columns', 'note'],
    ])
  })
})

describe('what is refused', () => {
  it.each([
    ['nothing', '', 'evidence/empty-export'],
    ['blank lines', '\n\n', 'evidence/empty-export'],
    ['a header without rows', csv(membersHeader), 'evidence/empty-export'],
    ['a header without rows and blank lines', `${csv(membersHeader)}\n\n`, 'evidence/empty-export'],
    ['a row that is too short', `${csv(membersHeader)}\na,b`, 'evidence/csv-syntax'],
    ['a row that is too long', `${csv(membersHeader)}\n${',x'.repeat(11)}`, 'evidence/csv-syntax'],
    ['an open quote', `${csv(membersHeader)}\n"a,b`, 'evidence/csv-syntax'],
    ['something else', 'a,b\n1,2', 'evidence/not-an-export'],
    ['a web page', '<!doctype html>\n<html></html>', 'evidence/not-an-export'],
  ])('%s', (_, text, code) => {
    const read = readExport('x.csv', text)
    expect([read.ok, codes('x.csv', text)]).toEqual([false, [code]])
  })

  it.each(kinds)('what lacks an essential column of %s, naming it', kind => {
    const own: Readonly<Record<string, { readonly headings: readonly string[]; readonly essential?: true }>> =
      columns[kind]
    for (const { headings, essential } of Object.values(own)) {
      const header = documented[kind].filter(heading => foldHeading(heading) !== headings[0])
      const recognized = recognize(header)
      const lacks = 'lacks' in recognized ? recognized.lacks[kind] : []
      expect(lacks).toEqual(essential === true ? [headings[0]] : [])
    }
  })

  it('says of each export what is missing, the closest first', () => {
    const header = membersHeader.filter(heading => heading !== 'policy name')
    const [found] = readExport(
      'x.csv',
      csv(
        header,
        header.map(() => 'a'),
      ),
    ).diagnostics
    expect(found?.facts).toMatchObject({
      candidates: [{ lacks: ['policyname'] }, { lacks: ['atlassianid', 'claimed'] }, {}],
    })
  })
})

/** A row of Export members. */
const member = (email: string, policy: string, cells: Readonly<Record<string, string>> = {}): readonly string[] => {
  const known: Readonly<Record<string, string>> = {
    name: 'N',
    email,
    'policy name': policy,
    'policy type': 'billable',
    'SAML SSO': 'Enforced',
    'two-step verification enabled': 'Yes',
    'password requirements': 'Strong',
    'idle session duration': '8 hours',
    ...cells,
  }
  return membersHeader.map(heading => known[heading] ?? '')
}

function factsOf(...rows: readonly (readonly string[])[]) {
  const read = readExport('m.csv', csv(membersHeader, ...rows))
  if (!read.ok) throw new Error('not read')
  return factsOfMembers('m.csv', read.value, at)
}

const values = (facts: ReturnType<typeof factsOf>['facts']) =>
  Object.fromEntries(facts.map(({ address, path, value }) => [`${address.name} ${path}`, value]))

describe('cells', () => {
  it.each([
    ['SAML SSO', 'Enforced', 'settings.singleSignOn', 'enforced'],
    ['SAML SSO', 'yes', 'settings.singleSignOn', 'enforced'],
    ['SAML SSO', 'Not enforced', 'settings.singleSignOn', 'off'],
    ['SAML SSO', 'FALSE', 'settings.singleSignOn', 'off'],
    ['policy type', 'Billable', 'billable', true],
    ['policy type', 'non-billable', 'billable', false],
    ['password requirements', 'weak', 'settings.password.minimumStrength', 'weak'],
    ['password requirements', 'Very strong', 'settings.password.minimumStrength', 'very-strong'],
    ['idle session duration', '15 minutes', 'settings.idleSession', '15m'],
    ['idle session duration', '1 hour', 'settings.idleSession', '1h'],
    ['idle session duration', '30 days', 'settings.idleSession', '30d'],
    ['idle session duration', '2 weeks', 'settings.idleSession', '14d'],
    ['idle session duration', '8h', 'settings.idleSession', '8h'],
  ])('under %s, %s is %s = %j', (column, cell, path, value) => {
    const { facts, diagnostics } = factsOf(member('a@acme.com', 'P', { [column]: cell }))
    expect(facts.find(fact => fact.path === path)).toEqual({
      address: { kind: 'AuthenticationPolicy', name: 'P' },
      path,
      value,
      from: 'export',
      at,
    })
    expect(diagnostics).toEqual([])
  })

  it.each([
    ['SAML SSO', 'partly', 'settings.singleSignOn'],
    ['SAML SSO', 'Ja', 'settings.singleSignOn'],
    ['policy type', 'free', 'billable'],
    ['password requirements', 'None', 'settings.password.minimumStrength'],
    ['password requirements', 'Strong or better', 'settings.password.minimumStrength'],
    ['idle session duration', 'never', 'settings.idleSession'],
    ['idle session duration', '0 hours', 'settings.idleSession'],
    ['idle session duration', '8', 'settings.idleSession'],
    ['idle session duration', '1.5 hours', 'settings.idleSession'],
    ['idle session duration', '1 month', 'settings.idleSession'],
  ])('under %s, %s proves nothing and is reported', (column, cell, path) => {
    const { facts, diagnostics } = factsOf(member('a@acme.com', 'P', { [column]: cell }))
    expect(facts.map(fact => fact.path)).not.toContain(path)
    expect(diagnostics).toMatchObject([{ code: 'evidence/unread-cells', facts: { values: [cell] } }])
  })

  it('a “yes” under two-step verification proves nothing', () => {
    for (const cell of ['Yes', 'No', 'true', 'Enforced', 'Mandatory']) {
      const { facts, diagnostics } = factsOf(member('a@acme.com', 'P', { 'two-step verification enabled': cell }))
      expect(facts.map(({ path }) => path)).not.toContain('settings.twoStepVerification')
      expect(diagnostics).toEqual([])
    }
  })

  it('one that is not understood spoils the column for its policy, not for others', () => {
    const { facts, diagnostics } = factsOf(
      member('a@acme.com', 'P', { 'SAML SSO': 'Enforced' }),
      member('b@acme.com', 'P', { 'SAML SSO': 'partly' }),
      member('c@acme.com', 'Q', { 'SAML SSO': 'Enforced' }),
    )
    expect(values(facts)).not.toHaveProperty('P settings.singleSignOn')
    expect(values(facts)).toMatchObject({ 'Q settings.singleSignOn': 'enforced', 'P billable': true })
    expect(diagnostics.map(({ code }) => code)).toEqual(['evidence/unread-cells'])
  })

  it('an empty one says nothing', () => {
    const { facts, diagnostics } = factsOf(member('a@acme.com', 'P', { 'SAML SSO': '' }))
    expect(values(facts)).not.toHaveProperty('P settings.singleSignOn')
    expect(diagnostics).toEqual([])
  })
})

describe('rows of one policy', () => {
  it('that disagree prove nothing, and are reported with what they say', () => {
    const { facts, diagnostics } = factsOf(
      member('a@acme.com', 'P', { 'idle session duration': '8 hours' }),
      member('b@acme.com', 'P', { 'idle session duration': '1 hour' }),
    )
    expect(values(facts)).not.toHaveProperty('P settings.idleSession')
    expect(diagnostics.map(({ code, facts: found }) => [code, found])).toEqual([
      ['evidence/rows-disagree', { file: 'm.csv', policy: 'P', column: 'idleSession', values: ['8 hours', '1 hour'] }],
    ])
  })

  it('that say the same in other words agree', () => {
    const { facts, diagnostics } = factsOf(
      member('a@acme.com', 'P', { 'idle session duration': '24 hours' }),
      member('b@acme.com', 'P', { 'idle session duration': '1 day' }),
    )
    expect(values(facts)).toMatchObject({ 'P settings.idleSession': '1d' })
    expect(diagnostics).toEqual([])
  })

  it('keep to their policy; rows without one say nothing', () => {
    const { facts } = factsOf(
      member('a@acme.com', 'B', { 'SAML SSO': 'No' }),
      member('b@acme.com', 'A'),
      member('c@acme.com', '', { 'SAML SSO': 'No' }),
    )
    expect([...new Set(facts.map(({ address }) => address.name))]).toEqual(['A', 'B'])
    expect(values(facts)).toMatchObject({ 'A settings.singleSignOn': 'enforced', 'B settings.singleSignOn': 'off' })
  })
})

describe('Export accounts', () => {
  it('tells SSO and billing of the policy that each account is known to have been in', () => {
    const rows = [
      { accountId: '1', singleSignOn: 'Enforced', policyType: 'billable' },
      { accountId: '2', singleSignOn: 'Not enforced', policyType: 'billable' },
      { accountId: '3', singleSignOn: 'Not enforced', policyType: 'non-billable' },
    ]
    const facts = factsOfAccounts(rows, at, id => ({ 1: 'P', 2: 'P' })[id])
    expect(facts.map(({ address, path, value }) => [address.name, path, value])).toEqual([['P', 'billable', true]])
  })
})
