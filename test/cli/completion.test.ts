import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { bashCompletion } from '../../src/cli/completion/bash.ts'
import { completionSpec } from '../../src/cli/completion/completion-spec.ts'
import { fishCompletion } from '../../src/cli/completion/fish.ts'
import { zshCompletion } from '../../src/cli/completion/zsh.ts'
import { commandNames } from '../../src/cli/program.ts'
import { run } from '../../src/cli/run.ts'
import { fakeWorld, standingClock } from '../world.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-completion-'))
mkdirSync(join(folder, 'policies of ours'))
writeFileSync(join(folder, 'plan one.json'), '{}')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function scriptFor(shell: string): Promise<string> {
  const { world, out } = fakeWorld({ argv: ['completion', shell], cwd: folder, clock: standingClock() })
  expect(await run(world)).toBe(0)
  return out()
}

/** A shell that reads a script from standard input; undefined where it is not on PATH. */
function shell(name: string, args: readonly string[], script: string) {
  const { error, stdout, stderr, status } = spawnSync(name, args, { cwd: folder, input: script, encoding: 'utf8' })
  return error === undefined ? { status, stdout, stderr } : undefined
}
const has = (name: string): boolean => shell(name, ['-c', ':'], '') !== undefined

/** What bash would offer for each line, with the cursor at its end. */
function bash(script: string, lines: readonly (readonly string[])[], listing = false): readonly (readonly string[])[] {
  const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`
  const asked = lines.map(
    words => `COMP_WORDS=(${words.map(quoted).join(' ')}); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 )); COMPREPLY=()
_postern; printf '%s\\0' "\${COMPREPLY[@]}"; printf '\\1'`,
  )
  const told = shell(
    'bash',
    ['--norc', '--noprofile'],
    [script, ...(listing ? ['COMP_TYPE=63; COLUMNS=60'] : []), ...asked].join('\n'),
  )
  expect(told).toMatchObject({ status: 0, stderr: '' })
  return (told?.stdout ?? '')
    .split('\u0001')
    .slice(0, -1)
    .map(part =>
      part
        .split('\0')
        .filter(word => word !== '')
        .sort(),
    )
}

const postern = (...words: readonly string[]): readonly string[] => ['postern', ...words]

/** Words that a careless generator would run, or break at. */
const means = `it's [one]: "two" $(touch ran) \`touch ran\` \\ %s; done`
const hostile = (): Command => {
  const program = new Command('postern')
  program
    .command('look')
    .summary(means)
    .addOption(new Option('--how <way>', means).choices(['a:b', "c'd", 'e[f]', 'g\\h']))
    .option('--to <file>', means)
  return program
}

describe.skipIf(!has('bash'))('bash on PATH', () => {
  it('completes commands, flags, values, files and folders', async () => {
    const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
      [postern(''), [...commandNames, 'help']],
      [postern('pl'), ['plan']],
      [postern('--v'), ['--version']],
      [postern('plan', '--for'), ['--format']],
      [postern('plan', '--format', 'j'), ['json', 'junit']],
      [
        postern('plan', '--format', '=', ''),
        ['text', 'json', 'markdown', 'sarif', 'junit', 'github', 'gitlab', 'html'],
      ],
      [postern('plan', '--format', '='), ['text', 'json', 'markdown', 'sarif', 'junit', 'github', 'gitlab', 'html']],
      [postern('plan', '--format', 'json', '--quiet', '--out'), ['--out', '--output']],
      [postern('plan', '--out', 'plan'), ['plan one.json']],
      [postern('plan', ''), ['policies of ours']],
      [postern('plan', '--author', 'p'), []],
      [postern('apply', 'p'), ['plan one.json', 'policies of ours']],
      [postern('apply', '--allow', 'empty'), ['empty-desired', 'empty-live']],
      [postern('approve', '--code', ''), []],
      [postern('drift', '--fail-on', 'changed'), ['changed-outside']],
      [postern('drift', '--kind', 'Ip'), ['IpAllowlist']],
      [postern('attest', ''), ['AuthenticationPolicy/', 'ExternalUserPolicy/external', 'ExternalUserPolicy/test']],
      [postern('completion', ''), ['bash', 'fish', 'zsh']],
      [postern('help', 'cov'), ['coverage']],
      [postern('nothing-known', ''), []],
    ]
    const offered = bash(
      await scriptFor('bash'),
      cases.map(([words]) => words),
    )
    expect(offered).toEqual(cases.map(([, words]) => [...words].sort()))
  })

  it('lists what each means, as wide as the terminal, where it only lists', async () => {
    const [listed] = bash(await scriptFor('bash'), [postern('plan', '--o')], true)
    expect(listed).toEqual([
      '--out     save the plan, to apply exactly this later',
      '--output  write the result to a file',
    ])
  })

  it('shows hostile words and runs none', () => {
    const script = bashCompletion(completionSpec(hostile()))
    expect(bash(script, [postern('look', '--how', ''), postern('look', '--how', 'c')])).toEqual([
      ['a:b', "c'd", 'e[f]', 'g\\h'],
      ["c'd"],
    ])
    expect(bash(script.replaceAll(':-80', ':-200'), [postern('')], true)[0]?.map(line => line.slice(0, 40))).toEqual([
      'help  display help for command',
      `look  ${means}`.slice(0, 40),
    ])
    expect(readdirSync(folder).sort()).toEqual(['plan one.json', 'policies of ours'])
  })
})

describe('zsh', () => {
  it.skipIf(!has('zsh'))('takes the script (zsh on PATH)', async () => {
    for (const script of [await scriptFor('zsh'), zshCompletion(completionSpec(hostile()))])
      expect(shell('zsh', ['-n'], script)).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it('is told what its own marks are', () => {
    const script = zshCompletion(completionSpec(hostile()))
    const escaped = String.raw`it'\''s \[one\]\: "two" $(touch ran) ${'`touch ran`'} \\ %s; done`
    expect(script).toContain(String.raw`'--how=[${escaped}]:way:(a\:b c'\''d e\[f\] g\\h)'`)
    expect(script).toContain(`'--to=[${escaped}]:file:_files'`)
    expect(script).toMatch(/^#compdef postern\n/)
  })
})

describe('fish', () => {
  it.skipIf(!has('fish'))('completes commands, flags and values (fish on PATH)', async () => {
    const lines = [
      'postern pl',
      'postern plan --for',
      'postern plan --format j',
      'postern help cov',
      'postern drift --kind Ip',
    ]
    const asked = [await scriptFor('fish'), ...lines.map(line => `complete -C '${line}'`)].join('\n')
    const told = shell('fish', ['--no-config', '-c', asked], '')
    expect(told?.stdout.split('\n').map(line => line.split('\t')[0])).toEqual([
      ...['plan', '--format', 'json', 'junit', 'coverage', 'IpAllowlist', ''],
    ])
  })

  it('is told what its own marks are', () => {
    const script = fishCompletion(completionSpec(hostile()))
    expect(script).toContain(String.raw`-d 'it\'s [one]: "two" $(touch ran) ${'`touch ran`'} \\ %s; done'`)
    expect(script).toContain(String.raw`-l how -x -a 'a:b c\'d e[f] g\\h'`)
  })
})
