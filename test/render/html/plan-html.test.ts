import { describe, expect, it } from 'vitest'
import type { Plan } from '../../../src/model/plan.ts'
import { planHtml } from '../../../src/render/html/plan-html.ts'
import { before, impacts } from '../plans.ts'
import { levels } from '../coverage-reports.ts'
import { acmePlan, view } from './pages.ts'
import { rowsOf, sectionsOf, wordsOf } from './section-text.ts'

const page = (more: Partial<Plan> = {}): Promise<string> => planHtml({ ...acmePlan, ...more }, view)

describe('a plan as a page', () => {
  it('says the numbers first, then guards, steps and what they bring', async () => {
    const html = await page()
    expect(sectionsOf(html)).toEqual([
      'summary',
      'guards',
      'api-steps',
      'console-steps',
      'rollouts',
      'impact',
      'coverage',
      'in-sync',
      'messages',
      'digest',
    ])
    expect(wordsOf(html, 'summary')).toBe(
      'Summary API steps 4 Postern does these Console steps 1 a person does these Blocked steps 1 wait for another step Guards that block 1 1 of 4 guards passed Fields without evidence 1 1 in sync, with evidence',
    )
    expect(wordsOf(html)).toContain('Blocked by too-many-moves: nothing can be applied.')
  })

  it('says of each guard what it found, and how to go on', async () => {
    expect(wordsOf(await page(), 'guards')).toBe(
      'Guards ✓ passed empty-live the organization has 48 active managed accounts ✗ blocks too-many-moves 300 of 48 accounts move; the limit is 20To go on all the same: --allow too-many-moves ! lifted break-glass root@acme.com changes policies · not checked locks-out-runner no runner is declared',
    )
  })

  it('numbers the steps as they stand on the page, and leads to those that come first', async () => {
    const html = await page()
    expect([...html.matchAll(/<h3>(\d+)\. (\w+)/g)].map(([, number, action]) => `${number} ${action}`)).toEqual([
      '1 update',
      '2 move',
      '3 suspend',
      '4 restore',
      '5 update',
    ])
    expect(html).toContain('After <a href="#step-5">step 5</a>.')
    expect(wordsOf(html, 'api-steps')).toContain(
      '! may loosen ✗ blocked Blocked: the id of the policy is not known yet',
    )
  })

  it('shows a list by what goes and what comes', async () => {
    expect(rowsOf(await page(), 'step-1-changes').slice(1)).toEqual([
      ['ranges', 'nothing removed', 'added: 203.0.113.0/24'],
      ['enabled', 'not there', 'true'],
    ])
  })

  it('lists the accounts of a step: where they are, or why they lose access', async () => {
    const html = await page()
    const moves = [...rowsOf(html, 'step-2-accounts'), ...rowsOf(html, 'step-2-accounts-rest').slice(1)]
    expect([moves.length, moves[0], moves[1]]).toEqual([
      301,
      ['Account', 'From'],
      ['ada.adler.0@acme.com', 'Contractors and break-glass'],
    ])
    expect(rowsOf(html, 'step-3-accounts').slice(0, 2)).toEqual([
      ['Account', 'Now', 'Why'],
      ['ann@partner.example', 'active', 'partner.example is not an allowed domain'],
    ])
  })

  it('guides through the console: the page, the clicks, what to set, and how it becomes known', async () => {
    const html = await page()
    expect(html).toContain(
      '<a href="https://admin.atlassian.com/o/96c9b91d-3eab-41b4-9d9c-09eb84db70cf/external-users/external" rel="noreferrer noopener">Open the page</a>',
    )
    expect(wordsOf(html, 'console-steps')).toMatch(
      /Or click Security → External users → External user policy Affects every external account, within about 10 minutes Step 5: what to set .* Then, so that it is known: postern attest ExternalUserPolicy\/external Reset sessions, if you like: without it people keep their session until it ends\. Open the page, or click Security → External users → External user policy → Reset sessions\.$/,
    )
    expect(rowsOf(html, 'step-5-settings')).toEqual([
      ['Setting', 'From', 'To'],
      ['Authorization method', 'None', 'One-time passcode'],
      ['API token access', 'not known', 'block'],
    ])
  })

  it('says how far each policy has come that takes its members in by stages', async () => {
    expect(rowsOf(await page(), 'rollouts-table')).toEqual([
      ['Policy', 'Stage', 'Accounts claimed', 'In, or moving now', 'Waiting'],
      ['Contractors', 'the group pilots', '3', '3', '0'],
      ['Staff behind Okta', '25 %', '1,200', '300', '900'],
    ])
    expect(sectionsOf(await page({ rollouts: [] }))).not.toContain('rollouts')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', ' https://evil.example', 'https://a b'])(
    'links to no address but one of the web: %s',
    async url => {
      const steps = acmePlan.steps.map(step =>
        step.console === undefined
          ? step
          : {
              ...step,
              console: {
                ...step.console,
                url,
                optional: (step.console.optional ?? []).map(extra => ({ ...extra, url })),
              },
            },
      )
      const html = await page({ steps })
      expect(html).not.toContain('Open the page')
      expect(wordsOf(html, 'console-steps')).toContain(`Page ${url.trim()}`)
    },
  )

  it('shows the requests that apply will send, cut where they are long', async () => {
    const html = await page()
    expect(wordsOf(html, 'api-steps')).toContain(
      '1 request PUT /admin/control/v1/orgs/96c9b91d/policies/1{"ranges":["203.0.113.0/24"]}',
    )
    const [step] = acmePlan.steps.filter(({ channel }) => channel === 'api')
    if (step === undefined) throw new Error('no step')
    const request = { method: 'POST', path: '/p', body: { users: ['x'.repeat(5000)] } } as const
    const many = wordsOf(
      await page({ steps: [{ ...step, requests: Array.from({ length: 60 }, () => request) }] }),
      'api-steps',
    )
    expect(many).toContain('And 10 more, in the JSON of the plan.')
    expect(many).toContain('… and 3014 more characters, in the JSON of the plan')
  })

  it('says what people will notice, and what of it is not certain', async () => {
    const words = wordsOf(await page(), 'impact')
    for (const { summary } of impacts) expect(words).toContain(summary)
    expect(words.match(/· may change/g)).toHaveLength(2)
    expect(words).toContain('! changes 1 account turns blue ann@partner.example')
  })

  it('shows coverage before and after', async () => {
    const html = await page()
    expect(rowsOf(html, 'level-numbers').slice(1)).toEqual([
      ['all accounts: 58 → 54', '53 → 1', '5 → 1', '0 → 6', '0 → 10', '0 → 36'],
    ])
    expect(wordsOf(html, 'coverage')).toMatch(
      /✓ met “second factor for everyone”, required 90 %: not met \(63.15 %\) → met \(94.33 %\) · tokens live API tokens/,
    )
  })

  it('says what is in sync, never without what shows it; digest and requests', async () => {
    const html = await page()
    expect(rowsOf(html, 'in-sync-table').slice(1)).toEqual([
      ['IpAllowlist “Office and VPN”', 'allowMobileBypass', 'false', 'API, 1 h'],
    ])
    expect(wordsOf(html, 'digest')).toContain(
      `${acmePlan.digest} Organization 96c9b91d-3eab-41b4-9d9c-09eb84db70cf Requests 18 reads done (9 of them: when an account was last active), 6 writes to do, about 6 s`,
    )
  })

  it('is short where there is nothing to change', async () => {
    const none = { ...before, totals: { accounts: 0, managed: 0, external: 0 }, levels: levels(0) }
    const html = await page({
      steps: [],
      guards: [],
      impact: [],
      inSync: [],
      diagnostics: [],
      coverage: { before: none, after: none },
      rollouts: [],
    })
    expect(sectionsOf(html)).toEqual(['summary', 'digest'])
    expect(wordsOf(html)).toContain('Nothing to change.')
  })
})
