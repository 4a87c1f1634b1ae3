import { source as axe } from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coverageHtml } from '../../src/render/html/coverage-html.ts'
import { driftHtml } from '../../src/render/html/drift-html.ts'
import { planHtml } from '../../src/render/html/plan-html.ts'
import { report as driftReport } from '../render/drift-reports.ts'
import { acme, acmePlan, filledWith, hostileNames, reportOf, view } from '../render/html/pages.ts'
import { executablePath, inPage, launch, open, suiteName } from './chromium.ts'

const unfold = "for (const part of document.querySelectorAll('details')) part.open = true"

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string }[]
}

describe.skipIf(executablePath === undefined)(suiteName('pages in Chromium'), () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  const pages: readonly (readonly [string, () => Promise<string>])[] = [
    ['coverage', () => coverageHtml({ ...acme, accounts: reportOf(30).accounts ?? [] }, view)],
    ['plan', () => planHtml(acmePlan, view)],
  ]

  it.each([...pages, ['drift', () => Promise.resolve(driftHtml(driftReport, view))] as const])(
    '%s: axe finds nothing serious, nothing leaves the page and nothing is refused',
    async (_, html) => {
      const { page, requests, complaints, close } = await open(browser, await html(), { colorScheme: 'light' })
      // What is folded away is looked at too.
      await inPage(page, unfold)
      await inPage(page, axe)
      const serious = async (options: string): Promise<readonly string[]> =>
        (await inPage<readonly Violation[]>(page, `axe.run(${options}).then(({ violations }) => violations)`))
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
      expect(await serious('')).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await inPage(page, 'getComputedStyle(document.body).backgroundColor')).toBe('rgb(14, 19, 24)')
      // Only colours depend on it.
      expect(await serious("{ runOnly: ['color-contrast'] }")).toEqual([])
      expect(requests).toEqual([])
      expect(complaints).toEqual([])
      await close()
    },
  )

  it.each(pages)('%s: with hostile names there is no other element, no script, no other title', async name => {
    const shape =
      '[...document.querySelectorAll("*")].map(({ localName }) => localName).filter(name => !["code", "a"].includes(name))'
    const strangers =
      '[...document.links].map(({ href }) => href).filter(href => !href.startsWith(location.href.split("#")[0] + "#"))'
    const render = (...texts: readonly string[]): Promise<string> =>
      name === 'plan' ? planHtml(filledWith(acmePlan, ...texts), view) : coverageHtml(filledWith(acme, ...texts), view)
    const plain = await open(browser, await render('a name'))
    const expected = await inPage<readonly string[]>(plain.page, shape)
    await plain.close()
    // There are more places than names.
    for (const texts of [[hostileNames.join('')], hostileNames]) {
      const { page, requests, complaints, close } = await open(browser, await render(...texts))
      expect(await inPage(page, shape)).toEqual(expected)
      expect(await inPage(page, strangers)).toEqual([])
      expect(await page.title()).toMatch(/^(Coverage of|Plan for) .* · Postern$/)
      expect(await inPage(page, 'document.body.innerText')).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
      expect([...requests, ...complaints]).toEqual([])
      await close()
    }
  })

  it.each([
    ['coverage', () => coverageHtml(acme, view)],
    ['plan', () => planHtml(acmePlan, view)],
    ['coverage with names of 500 characters', () => coverageHtml(filledWith(acme, 'x'.repeat(500)), view)],
    ['plan with names of 500 characters', () => planHtml(filledWith(acmePlan, 'x'.repeat(500)), view)],
  ])('%s: 400 px wide the page does not scroll sideways', async (_, html) => {
    const { page, close } = await open(browser, await html(), { viewport: { width: 400, height: 800 } })
    await inPage(page, unfold)
    expect(await inPage(page, 'document.documentElement.scrollWidth')).toBe(400)
    // What does scroll can be reached and has a name.
    const regions =
      '[...document.querySelectorAll("*")].filter(one => one.scrollWidth > one.clientWidth && /auto|scroll/.test(getComputedStyle(one).overflowX))'
    expect(
      await inPage(
        page,
        `${regions}.filter(one => one.tabIndex !== 0 || one.getAttribute('role') !== 'region').length`,
      ),
    ).toBe(0)
    await close()
  })

  it.each(pages)(
    '%s: each link, field, button and region is reached with the keyboard, and the focus is seen',
    async (_, html) => {
      const { page, close } = await open(browser, await html())
      const expected = await inPage<number>(
        page,
        '[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex=\'0\']")].filter(one => one.checkVisibility()).length',
      )
      const seen = new Set<string>()
      for (let step = 0; step < expected + 20; step++) {
        await page.keyboard.press('Tab')
        const [path, outline] = await inPage<readonly [string, string]>(
          page,
          `(({ activeElement: one }) => [one === document.body ? 'none' : String([...document.querySelectorAll('*')].indexOf(one)), getComputedStyle(one).outlineStyle])(document)`,
        )
        if (path === 'none' || seen.has(path)) break
        expect(outline).toBe('solid')
        seen.add(path)
      }
      expect(seen.size).toBe(expected)
      await close()
    },
  )

  it('without script every row is there, and what needs it is not', async () => {
    const { page, close } = await open(browser, await coverageHtml(reportOf(450), view), { javaScriptEnabled: false })
    // Locators work where scripts of the page do not.
    expect(await page.locator('#account-table tbody tr').count()).toBe(200)
    expect(await page.locator('#account-table-rest tbody tr').count()).toBe(250)
    expect(await page.locator('#account-table-rest tbody tr').last().isVisible()).toBe(true)
    expect(await page.locator('.refused').isVisible()).toBe(false)
    expect(await page.locator('.controls').isVisible()).toBe(false)
    expect(await page.locator('th button').count()).toBe(0)
    await close()
  })

  it('where its script is refused the page says what is not shown', async () => {
    const html = (await coverageHtml(reportOf(450), view)).replace(/script-src '[^']*'/, "script-src 'none'")
    const { page, complaints, close } = await open(browser, html)
    expect(complaints.join()).toContain('refused script-src')
    expect(await page.locator('#account-table tbody tr').count()).toBe(200)
    expect(await page.locator('.refused').innerText()).toContain('These are the first 200.')
    await close()
  })

  it('on paper there are all rows, what was folded away, and addresses of links, but no filter', async () => {
    const { page, close } = await open(browser, await coverageHtml(reportOf(450), view))
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.locator('.controls').isVisible()).toBe(false)
    expect(await page.locator('nav').isVisible()).toBe(false)
    expect(await inPage(page, 'getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    const rows = 'document.querySelectorAll("#account-table tbody tr").length'
    const closed = 'document.querySelectorAll("details:not([open])").length'
    const before = [await inPage(page, rows), await inPage(page, closed)]
    await inPage(page, "dispatchEvent(new Event('beforeprint'))")
    expect([await inPage(page, rows), await inPage(page, closed)]).toEqual([450, 0])
    await inPage(page, "dispatchEvent(new Event('afterprint'))")
    expect([await inPage(page, rows), await inPage(page, closed)]).toEqual(before)
    expect(before[0]).toBe(200)
    await close()
    const plan = await open(browser, await planHtml(acmePlan, view))
    await plan.page.emulateMedia({ media: 'print' })
    expect(
      await inPage(plan.page, 'getComputedStyle(document.querySelector("main a[href^=http]"), "::after").content'),
    ).toContain('https://admin.atlassian.com/o/')
    await plan.close()
  })
})
