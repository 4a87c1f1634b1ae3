import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { commandFacts } from '../../scripts/command-facts.ts'
import { manPage } from '../../scripts/generate-man-page.ts'
import { environment } from '../../src/cli/environment.ts'
import { commandNames } from '../../src/cli/program.ts'

const page = manPage()

/** What a reader of the source sees of a text. */
const shown = page
  .replaceAll('\\-', '-')
  .replaceAll('\\&', '')
  .replace(/ \\e\n +/g, ' ')

const man = (...args: readonly string[]) =>
  spawnSync('man', [...args, '-l', '-'], {
    input: page,
    encoding: 'utf8',
    env: { ...process.env, MANWIDTH: '80', LC_ALL: 'C', PAGER: 'cat' },
  })

describe('the man page', () => {
  it('has the sections that people look for', () => {
    expect([...page.matchAll(/^\.SH (.*)$/gm)].map(([, title]) => title)).toEqual([
      'NAME',
      'SYNOPSIS',
      'DESCRIPTION',
      'COMMANDS',
      'OPTIONS',
      'EXIT STATUS',
      'ENVIRONMENT',
      'FILES',
      'EXAMPLES',
    ])
  })

  it('names every command, flag, example and variable', () => {
    const flags = commandFacts().flatMap(({ options }) => [...options.values()].flat().map(({ term }) => term))
    const examples = commandFacts().flatMap(command => command.examples)
    for (const part of [...commandNames, ...flags, ...examples, ...environment.map(([name]) => name)])
      expect(shown).toContain(part)
  })

  it('is ASCII, and no line of it is a request by accident', () => {
    expect(page).toMatch(/^[\n\x20-\x7e]*$/)
    const requests = new Set([...page.matchAll(/^[.'](\S+)/gm)].map(([, name]) => name))
    expect([...requests].sort()).toEqual(
      ['PP', 'RE', 'RI', 'RS', 'SH', 'SS', 'TH', 'TP', 'B', 'I', '\\"', 'ad', 'fi', 'nf', 'nh'].sort(),
    )
  })

  it.skipIf(man().error !== undefined)('renders without a warning (man on PATH)', () => {
    const { status, stdout, stderr } = man('--warnings')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout.replace(/.\u0008/g, '')).toContain('postern plan')
    for (const line of stdout.replace(/.\u0008/g, '').split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('is shipped', () => {
    expect([manifest.man, manifest.files.includes('man')]).toEqual(['man/postern.1', true])
  })
})
