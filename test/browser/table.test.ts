import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coverageHtml } from '../../src/render/html/coverage-html.ts'
import { planHtml } from '../../src/render/html/plan-html.ts'
import { acme, acmePlan, filledWith, reportOf, trend, view } from '../render/html/pages.ts'
import { executablePath, inPage, launch, open, suiteName, type Opened } from './chromium.ts'

describe.skipIf(executablePath === undefined)(suiteName('the table in Chromium'), () => {
  let browser: Browser
  let opened: Opened
  beforeAll(async () => {
    browser = await launch()
    opened = await open(browser, await coverageHtml(reportOf(450), view))
  })
  afterAll(() => browser.close())

  const status = (page: Page): Promise<string> => page.locator('.filterable .status').first().innerText()
  const column = (page: Page, index: number): Promise<readonly string[]> =>
    inPage(page, `[...document.querySelectorAll('#account-table tbody tr')].map(row => row.cells[${index}].innerText)`)
  const reset = (page: Page): Promise<void> => page.locator('.reset').click()

  it('shows the first rows, announces how many, and shows more when asked', async () => {
    const { page } = opened
    expect(await status(page)).toBe('450 of 450 accounts match, the first 200 are shown')
    expect(await page.locator('.status').getAttribute('aria-live')).toBe('polite')
    const more = page.getByRole('button', { name: 'Show 200 more' })
    await more.focus()
    await page.keyboard.press('Enter')
    expect(await status(page)).toBe('450 of 450 accounts match, the first 400 are shown')
    await page.getByRole('button', { name: 'Show 50 more' }).press('Enter')
    expect(await status(page)).toBe('450 of 450 accounts shown')
    // The button is gone: the focus stays at the table.
    expect(await inPage(page, 'document.activeElement.getAttribute("role")')).toBe('region')
    await reset(page)
    expect(await column(page, 0)).toHaveLength(200)
  })

  it('filters by text over all cells with the keyboard: each word is in one of them', async () => {
    const { page } = opened
    const filter = page.getByRole('searchbox', { name: 'Filter' })
    await filter.focus()
    await page.keyboard.type('PARTNER.example  Björn')
    const shown = await column(page, 0)
    expect(shown.length).toBeGreaterThan(3)
    expect(shown.filter(text => !/^björn\..*@partner\.example/.test(text))).toEqual([])
    expect(await status(page)).toBe(`${shown.length} of 450 accounts shown`)
    await filter.fill('org-admin')
    expect(new Set(await column(page, 6))).toEqual(new Set(['atlassian/org-admin']))
    // Not across the end of a cell.
    await filter.fill('managedStaff')
    expect(await status(page)).toBe('0 of 450 accounts shown')
    await reset(page)
  })

  it('filters by class and level with the keyboard', async () => {
    const { page } = opened
    await page.getByRole('combobox', { name: 'Class' }).focus()
    await page.keyboard.type('ext')
    expect(new Set(await column(page, 1))).toEqual(new Set(['external']))
    await page.getByRole('combobox', { name: 'Level' }).focus()
    await page.keyboard.type('step')
    expect(new Set(await column(page, 3))).toEqual(new Set(['step-up']))
    expect(await status(page)).toMatch(/^\d+ of 450 accounts shown$/)
    await reset(page)
    expect(await inPage(page, 'document.activeElement.type')).toBe('search')
    expect(await status(page)).toBe('450 of 450 accounts match, the first 200 are shown')
  })

  const strength = ['none', 'optional', 'step-up', 'two-step', 'sso-mfa']
  it.each([
    ['Account', 0, (a: string, b: string) => (a < b ? -1 : 1)],
    ['Level', 3, (a: string, b: string) => strength.indexOf(a) - strength.indexOf(b)],
    ['Live tokens', 5, (a: string, b: string) => parseInt(a, 10) - parseInt(b, 10)],
    ['Last active', 7, (a: string, b: string) => (a < b ? -1 : 1)],
  ])('sorts by %s with the keyboard, both ways, and back', async (name, index, order) => {
    const { page } = opened
    const given = await column(page, index)
    const button = page.getByRole('columnheader', { name }).getByRole('button')
    const direction = (): Promise<string | null> => page.getByRole('columnheader', { name }).getAttribute('aria-sort')
    await button.focus()
    for (const expected of ['ascending', 'descending'] as const) {
      await page.keyboard.press(expected === 'ascending' ? 'Enter' : 'Space')
      expect(await direction()).toBe(expected)
      expect(await status(page)).toContain(`, sorted by ${name}, ${expected}`)
      const shown = await column(page, index)
      const sign = expected === 'ascending' ? 1 : -1
      const wrong = shown.filter(
        (value, at) => at > 0 && sign * order(shown[at - 1] ?? '', value) > 0 && value !== shown[at - 1],
      )
      expect(wrong).toEqual([])
      expect(shown).not.toEqual(given)
    }
    await page.keyboard.press('Enter')
    expect(await direction()).toBeNull()
    expect(await status(page)).toContain(', in the order of the report')
    expect(await column(page, index)).toEqual(given)
  })

  it('keeps each table of a page to itself', async () => {
    const accounts = reportOf(30).accounts?.map(({ account }) => ({ account, from: 'Local accounts' })) ?? []
    const [move] = acmePlan.steps.filter(({ action }) => action === 'move')
    if (move === undefined) throw new Error('no step moves accounts')
    const steps = [move, { ...move, id: 'another', accounts }]
    const { page, complaints, close } = await open(browser, await planHtml({ ...acmePlan, steps }, view))
    await inPage(page, "for (const part of document.querySelectorAll('details')) part.open = true")
    await page.locator('#step-2-accounts-filter').fill('partner')
    expect(await page.locator('.filterable .status').allInnerTexts()).toEqual([
      '300 of 300 accounts match, the first 200 are shown',
      '5 of 30 accounts shown',
    ])
    expect(complaints).toEqual([])
    await close()
  })

  it('filters by values that hold markup', async () => {
    const value = '"><img src=x onerror=alert(1)>'
    const [gap] = filledWith(acme.gaps, value)
    if (gap === undefined) throw new Error('no gap')
    const report = { ...acme, gaps: [{ ...gap, accountClass: value as 'app' }, ...acme.gaps] }
    const { page, complaints, close } = await open(browser, await coverageHtml(report, view))
    await page.getByRole('combobox', { name: 'Class' }).selectOption(value)
    expect(await status(page)).toBe('1 of 3 accounts shown')
    await page.getByRole('searchbox').fill('<img')
    expect(await status(page)).toBe('1 of 3 accounts shown')
    expect(complaints).toEqual([])
    await close()
  })

  it('opens and filters twenty thousand accounts within two seconds', async () => {
    const html = await coverageHtml(reportOf(20_000, { trend }), view)
    // The goal is two seconds; so much more is left for a machine that has other work at the same time.
    const limit = 4000
    const runs: { readonly opened: number; readonly filtered: number; readonly sorted: number }[] = []
    const fastest = (name: 'opened' | 'filtered' | 'sorted'): number => Math.min(...runs.map(run => run[name]))
    const tooSlow = (): boolean => Math.max(fastest('opened'), fastest('filtered'), fastest('sorted')) >= limit
    // The machine may be busy with other things: what counts is how fast it can be.
    while (runs.length < 3 && tooSlow()) {
      const { page, complaints, close } = await open(browser, html)
      const timed = (action: string): Promise<number> =>
        inPage(
          page,
          `(async () => {
            const start = performance.now()
            ${action}
            await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
            return Math.round(performance.now() - start)
          })()`,
        )
      runs.push({
        opened: Math.round(await inPage(page, 'performance.getEntriesByType("navigation")[0].loadEventEnd')),
        filtered: await timed(
          "const filter = document.querySelector('.filterable input'); filter.value = 'ada 777'; filter.dispatchEvent(new Event('input'))",
        ),
        sorted: await timed("document.querySelectorAll('#account-table th button')[7].click()"),
      })
      expect(await status(page)).toMatch(/^\d+ of 20,000 accounts shown, sorted by Last active, ascending$/)
      expect(complaints).toEqual([])
      await close()
    }
    process.stdout.write(`20,000 accounts, ${(html.length / 1e6).toFixed(1)} MB, in ms: ${JSON.stringify(runs)}\n`)
    expect(fastest('opened')).toBeLessThan(limit)
    expect(fastest('filtered')).toBeLessThan(limit)
    expect(fastest('sorted')).toBeLessThan(limit)
  })
})
