import { describe, expect, it } from 'vitest'
import { applyMarkdown } from '../../../src/render/apply-markdown.ts'
import { coverageMarkdown } from '../../../src/render/coverage-markdown.ts'
import { driftMarkdown } from '../../../src/render/drift-markdown.ts'
import { planMarkdown } from '../../../src/render/plan-markdown.ts'
import { full } from '../../survival/extent.ts'
import { report as driftReport } from '../drift-reports.ts'
import { acme, filledWith, hostileNames } from '../html/pages.ts'
import { expectHarmless, shapeOf } from './rendered.ts'
import { applied, everything, linePage, view, withBase } from './reviews.ts'

const texts: readonly string[] = [
  ...hostileNames,
  '#123 GH-123 acme/policies#1 !7 ~bug %"1.0" $9 ^alert#3 &4',
  '@here @acme/security-team @{557058:1} all@everyone',
  'a\\|b ` | <img src=x> | `c',
  '\\',
  '\\\\|',
  '/close',
  '\n/close\n',
  '![img](https://evil.example/x.png)',
  '[//]: # (postern plan)',
  '<!-- postern:plan -->',
  '<details><summary>more</summary>',
  '</summary></details>\n\n# done\n\n',
  '|'.repeat(300),
  'x'.repeat(10_000),
  '`'.repeat(10_000),
  'ann.lee@acme.com '.repeat(500),
]

const renderers: Readonly<Record<string, (text: string, folding: boolean) => string>> = {
  plan: (text, folding) => planMarkdown(filledWith(everything, text), { ...view, folding }),
  'plan with a base': (text, folding) => {
    // What tells steps apart is of the plan itself.
    const { base, steps, ...rest } = withBase
    const named = filledWith({ base, rest }, text)
    const since = { ...named.base, steps: base?.steps, guards: base?.guards }
    const filled = steps.map(step => ({ ...filledWith(step, text), id: step.id }))
    return planMarkdown({ ...rest, ...named.rest, steps: filled, base: since } as typeof withBase, { ...view, folding })
  },
  drift: (text, folding) => driftMarkdown(filledWith(driftReport, text), { ...view, folding }),
  apply: (text, folding) =>
    applyMarkdown(
      {
        ...applied,
        run: text,
        steps: applied.steps.map(step => (step.reason === undefined ? step : { ...step, reason: text })),
      },
      everything.steps.map(step => ({ ...filledWith(step, text), id: step.id })),
      { ...view, folding },
    ),
  coverage: text => coverageMarkdown(filledWith(acme, text), view),
}

const links = [linePage]

/** Every text in every format, folded and not; otherwise each in one format or two, in one of the two ways. */
const cases = Object.keys(renderers).map((name, row) => ({
  name,
  texts: full ? texts : texts.filter((_, column) => (column + row) % (name === 'plan with a base' ? 1 : 3) === 0),
}))

describe.each(cases)('$name: names that are made to fool', ({ name, texts: chosen }) => {
  const render = renderers[name] ?? (() => '')
  const expected = [true, false].map(folding => shapeOf(render('a name', folding)))

  it.each(chosen.map((text, row) => [text.slice(0, 40), text, row] as const))('%j', (_start, text, row) => {
    for (const [index, folding] of [true, false].entries()) {
      if (!full && index !== row % 2) continue
      const markdown = render(text, folding)
      expectHarmless(markdown, links)
      expect(shapeOf(markdown)).toEqual(expected[index])
      expect(markdown.length).toBeLessThan(200_000)
      expect(markdown).not.toMatch(/\bann\.lee/)
    }
  })
})
