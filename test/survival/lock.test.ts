import { afterAll, describe, expect, it } from 'vitest'
import { aftermath, firstLines } from './aftermath.ts'
import { isWrite } from './carried-out.ts'
import { deadlyProxy } from './deadly-proxy.ts'
import { full } from './extent.ts'
import { prepare } from './prepare.ts'
import { builtProgram } from './program.ts'
import { large, storiesOf } from './stories.ts'
import { undisturbed } from './crash.ts'

const program = builtProgram()
afterAll(() => program.remove())

/** The runs in the order of their writes, each once for every time that it took over from another. */
const turns = (writers: readonly number[]): readonly number[] =>
  writers.filter((writer, index) => writer !== writers[index - 1])

describe('many applies of one folder at once', () => {
  const stories = storiesOf(large).filter(({ name }) => full || name === 'mixture')

  it.each(stories)(
    '$name: one changes something at a time, the others wait or say who does',
    async story => {
      const { end } = await undisturbed(story, program)
      const own = await prepare(story, { realTime: true, switches: { applyMilliseconds: 20 } })
      const { simulator } = own.started
      const writers: number[] = []
      const proxies = await Promise.all(Array.from({ length: full ? 8 : 4 }, () => deadlyProxy(simulator)))
      try {
        proxies.forEach((proxy, index) => {
          proxy.onRequest = (method, url) => {
            const [path = ''] = url.split('?')
            if (isWrite({ method, path })) writers.push(index)
          }
        })
        const argv = ['apply', 'policies', ...story.argv]
        const runs = await Promise.all(
          proxies.map(({ url }) => program.start(argv, { cwd: own.folder, url, apiKey: simulator.apiKey }).ended),
        )
        expect(turns(writers).length).toBe(new Set(writers).size)
        for (const { code, err } of runs)
          if (code !== 0) {
            expect(code).toBe(1)
            expect(firstLines(err)).toMatch(/ledger\/locked/)
            expect(err).toMatch(/process \d+/)
          }
        expect(runs.some(({ code }) => code === 0)).toBe(true)
        expect(await aftermath(own, end)).toEqual([])
      } finally {
        await Promise.all(proxies.map(({ close }) => close()))
        await own.remove()
      }
    },
    60_000,
  )
})
