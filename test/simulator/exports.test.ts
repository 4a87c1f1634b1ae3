import { describe, expect, it } from 'vitest'
import { accountsHeader, externalUsersHeader, membersHeader, type Scenario } from '../../src/simulator/index.ts'
import { start, type Started } from './start.ts'

describe('exports', () => {
  const lines = async ({ page }: Started, file: string): Promise<readonly string[]> => {
    const response = await page('GET', `/exports/${file}`)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    return (await response.text()).split('\n')
  }

  it('have exactly the documented columns', () => {
    expect(membersHeader.join(',')).toBe(
      'name,email,last active,status,billable,policy name,policy type,SAML SSO,two-step verification enabled,password requirements,idle session duration',
    )
    expect(accountsHeader.join(',')).toBe(
      'name,Atlassian ID,status,last active,claimed,billable,policy type,SAML SSO,two-step verification,verified email',
    )
    expect(externalUsersHeader.join(',')).toBe('email,Atlassian ID,last active,apps,billable for Guard Standard')
  })

  it('hold the members of the authentication policies', async () => {
    const csv = await lines(await start(), 'members.csv')
    expect(csv[0]).toBe(`${membersHeader.join(',')},Jira,Confluence`)
    expect(csv).toHaveLength(52)
    expect(csv[3]).toMatch(
      /^Grace Hopper,Grace\.Hopper@Acme\.com,2026-\d\d-\d\d,Active,Yes,Staff behind Okta,billable,Enforced,No,Strong,30 days,User,User$/,
    )
    const root = csv.find(line => line.includes('root@acme.com'))
    expect(root).toContain(',Contractors and break-glass,billable,Not enforced,Yes,None,30 days,')
    expect(csv.find(line => line.includes('reception@'))).toContain(',No,Local accounts,non-billable,')
    expect(csv.find(line => line.includes('vera.horvat@'))).toContain(',Deactivated,No,')
  })

  it('hold the accounts of the domains and the external users', async () => {
    const started = await start()
    const accounts = await lines(started, 'accounts.csv')
    expect(accounts[0]).toBe(`${accountsHeader.join(',')},Jira,Confluence`)
    expect(accounts).toHaveLength(52)
    const externals = await lines(started, 'external-users.csv')
    expect(externals[0]).toBe(externalUsersHeader.join(','))
    expect(externals).toHaveLength(12)
    expect(externals.find(line => line.startsWith('yuki@'))).toContain(',Never accessed,Jira,No')
    expect((await started.page('GET', '/exports/other.csv')).status).toBe(404)
  })

  it('quote what needs quotes', async () => {
    const scenario: Scenario = {
      organization: { id: 'org-1', name: 'one' },
      authenticationPolicies: [{ name: 'a, "b"', settings: { idleSession: '15m' } }],
      accounts: [
        { email: 'x@y.example', name: 'X\nY', managed: true, products: [], lastActive: '2026-11-01T00:00:00Z' },
      ],
    }
    const { page } = await start({ scenario })
    const text = await (await page('GET', '/exports/members.csv')).text()
    expect(text.slice(text.indexOf('\n') + 1)).toBe(
      '"X\nY",x@y.example,2026-11-01,Active,Yes,"a, ""b""",billable,Not enforced,No,None,15 minutes\n',
    )
  })
})
