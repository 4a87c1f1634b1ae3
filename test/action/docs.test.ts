import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { actionRepository } from '../../src/render/starter/github-workflow.ts'
import manifest from '../../package.json' with { type: 'json' }
import { actionlint } from './actionlint.ts'
import { metadata } from './runner.ts'

const workflows = readdirSync('docs')
  .filter(page => page.endsWith('.md'))
  .flatMap(page =>
    [...readFileSync(`docs/${page}`, 'utf8').matchAll(/^```yaml\n(.*?)^```/gms)]
      .filter(([, text = '']) => /^jobs:$/m.test(text))
      .map(([, text = '']) => [page, text] as const),
  )

describe('the workflows that the documentation shows', () => {
  it.each(workflows)('pass actionlint: %s', async (_, text) => expect(await actionlint(text)).toEqual([]))

  it('use the Action as it is', () => {
    const steps = workflows.flatMap(([, text]) => {
      const { jobs } = parse(text) as {
        jobs: Readonly<
          Record<string, { steps: readonly { uses?: string; with?: Readonly<Record<string, unknown>> }[] }>
        >
      }
      return Object.values(jobs).flatMap(job => job.steps.filter(({ uses }) => uses?.startsWith(actionRepository)))
    })
    expect(steps.length).toBeGreaterThan(0)
    for (const { uses, with: inputs = {} } of steps) {
      expect(uses).toBe(`${actionRepository}@v${manifest.version}`)
      expect(Object.keys(metadata.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)))
    }
  })

  it('are beside a table of all inputs and outputs', () => {
    const page = readFileSync('docs/ci.md', 'utf8')
    for (const name of [...Object.keys(metadata.inputs), ...Object.keys(metadata.outputs)])
      expect(page).toContain(`\`${name}\``)
  })
})
