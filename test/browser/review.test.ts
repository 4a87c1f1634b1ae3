import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { htmlOf } from '../render/review/rendered.ts'
import { goldens } from '../render/review/reviews.ts'
import { executablePath, inPage, launch, open, suiteName } from './chromium.ts'
import { full } from '../survival/extent.ts'

/** A plain page in the manner of a forge: what it does to tables, code and folded parts. */
const page = (markdown: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Comment</title>
<style>
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; color: #1f2328 }
main { max-width: 860px; margin: auto; padding: 16px; overflow-wrap: break-word }
h3 { font-size: 1.25em; margin: 24px 0 16px } h4 { font-size: 1em; margin: 24px 0 16px }
code { font: 85% ui-monospace, monospace; background: #818b981f; padding: .2em .4em; border-radius: 6px; white-space: break-spaces }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; margin: 0 0 16px }
td, th { border: 1px solid #d1d9e0; padding: 6px 13px }
blockquote { margin: 0 0 16px; padding: 0 1em; color: #59636e; border-left: .25em solid #d1d9e0 }
details { margin: 0 0 16px } ul { padding-left: 2em; margin: 0 0 16px } li ul { margin: 0 } p { margin: 0 0 16px }
</style>
</head>
<body><main>${htmlOf(markdown)}</main></body>
</html>`

describe.skipIf(executablePath === undefined)(suiteName('Markdown for reviewers in Chromium'), () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it.each(
    Object.entries(goldens).flatMap(([name, markdown]) =>
      (full ? [1280, 400] : [400]).map(width => [name, width, markdown] as const),
    ),
  )(
    '%s, %d px wide: nothing is asked for, nothing sticks out, and what is folded away opens',
    async (_, width, markdown) => {
      const {
        page: shown,
        requests,
        complaints,
        close,
      } = await open(browser, page(markdown), {
        viewport: { width, height: 900 },
      })
      expect([...requests, ...complaints]).toEqual([])
      const [first] = markdown.split('\n')
      expect(first).toMatch(/^### /)
      expect(await inPage(shown, 'document.querySelector("main").firstElementChild.localName')).toBe('h3')
      // Only what is folded away is out of sight.
      const hidden =
        '[...document.querySelectorAll("main *")].filter(one => !one.checkVisibility() && !one.closest("details:not([open])")).length'
      expect(await inPage(shown, hidden)).toBe(0)
      await inPage(shown, "for (const part of document.querySelectorAll('details')) part.open = true")
      expect(await inPage(shown, 'document.documentElement.scrollWidth')).toBe(width)
      expect(await inPage(shown, '[...document.querySelectorAll("main *")].every(one => one.checkVisibility())')).toBe(
        true,
      )
      await close()
    },
  )
})
