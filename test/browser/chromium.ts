import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'

/** The browser to test in; undefined where there is none. */
export const executablePath = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(path => path !== undefined && existsSync(path))

/** What a suite is called: one that does not run says why. */
export const suiteName = (name: string): string =>
  executablePath === undefined ? `${name} (skipped: no Chromium found, CHROMIUM_PATH names one)` : name

export const launch = (): Promise<Browser> =>
  chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })

/** A page that was opened from a file, and what it did that it should not. */
export interface Opened {
  readonly page: Page
  /** Addresses that it asked for, besides its own. */
  readonly requests: readonly string[]
  /** Errors, warnings and violations of its security policy. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

/** Opens HTML as people do: as a file. */
export async function open(browser: Browser, html: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-page-'))
  const file = join(folder, 'report.html')
  await writeFile(file, html)
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const own = pathToFileURL(file).href
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', request => {
    if (request.url() !== own) requests.push(request.url())
  })
  page.on('console', message => {
    complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', error => {
    complaints.push(error.message)
  })
  page.on('dialog', dialog => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => console.error('refused', violatedDirective, blockedURI))",
  )
  await page.goto(own)
  return {
    page,
    requests,
    complaints,
    async close() {
      await context.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The value of an expression in the page. The program is compiled without the types of a browser, so it is a text. */
export const inPage = <Value>(page: Page, expression: string): Promise<Value> => page.evaluate(expression)
