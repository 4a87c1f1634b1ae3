import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import { environment } from '../../src/cli/environment.ts'
import { commandNames } from '../../src/cli/program.ts'
import { run } from '../../src/cli/run.ts'
import { fakeWorld, standingClock } from '../world.ts'

async function told(argv: readonly string[], columns?: number): Promise<{ code: number; out: string; err: string }> {
  const clock = standingClock()
  const { world, out, err } = fakeWorld({ argv, cwd: '.', clock, ...(columns !== undefined && { columns }) })
  return { code: await run(world), out: out(), err: err() }
}

const widest = (text: string): number => Math.max(...text.split('\n').map(line => stringWidth(line)))

describe.each(commandNames)('postern %s --help', name => {
  it('has an example, key scopes and exit codes, each with something in it', async () => {
    const { code, out } = await told([name, '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`\\nExamples?:\\n  postern ${name}\\b`))
    expect(out).toMatch(/\nKey scopes:\n {2}\S/)
    expect(out).toMatch(/\nExit codes:\n {2}0 {2}\S/)
  })

  it.each([
    [40, 40],
    [80, 80],
    [100, 100],
    [200, 100],
  ])('at %d columns is at most %d wide', async (columns, most) => {
    const { out } = await told([name, '--help'], columns)
    // Commander leaves a term with its description unbroken where there is too little room for both.
    if (columns >= 80) expect(widest(out)).toBeLessThanOrEqual(most)
    else expect(widest(out.slice(out.indexOf('Key scopes:')))).toBeLessThanOrEqual(most)
  })

  it('is the same as postern help', async () => {
    expect(await told(['help', name])).toEqual(await told([name, '--help']))
  })
})

describe('postern --help', () => {
  it('has every command under a heading', async () => {
    const { code, out } = await told(['--help'])
    const [, ...headings] = out.split(/\n(?=\S.*:\n)/)
    const listed = headings.flatMap(part =>
      /^(Options|Environment):/.test(part) ? [] : [...part.matchAll(/^ {2}([a-z]+)/gm)],
    )
    expect(listed.map(([, name]) => name).sort()).toEqual([...commandNames, 'help'].sort())
    expect([code, out.includes('More commands:')]).toEqual([0, false])
  })

  it('names every variable, and is as wide as the terminal up to 100 columns', async () => {
    const at80 = (await told(['--help'], 80)).out
    for (const [name] of environment) expect(at80).toContain(name)
    expect(widest(at80)).toBeLessThanOrEqual(80)
    const at200 = widest((await told(['--help'], 200)).out)
    expect([at200 > 80, at200 <= 100]).toEqual([true, true])
  })

  it('is what is printed without a command, as an error', async () => {
    expect(await told([])).toEqual({
      ...(await told(['--help'])),
      code: 1,
      out: expect.stringContaining('Usage: postern') as string,
    })
  })
})
