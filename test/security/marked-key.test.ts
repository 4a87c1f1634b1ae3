import { readdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CommandTable } from '../../src/cli/command-table/contract.ts'
import { full } from '../survival/extent.ts'
import { trials } from './command-lines.ts'
import type { Line } from './trial.ts'
import { faults } from './faults.ts'
import { formsOf, marks, pieceLength } from './marks.ts'
import { misplaced } from './misplaced.ts'
import { openStage, type Ended, type Mishap, type Stage, type When } from './stage.ts'

/** Every command, as the program lists them. */
async function allCommands(): Promise<readonly Command[]> {
  const files = readdirSync('src/cli/command-table').filter(name => name !== 'contract.ts')
  const tables = await Promise.all(
    files.map(async name =>
      Object.values((await import(`../../src/cli/command-table/${name}`)) as Record<string, CommandTable>),
    ),
  )
  return tables
    .flat()
    .flatMap(table => Object.entries(table))
    .map(([name, build]) => build(new Command(name), () => () => Promise.resolve()))
}

const everyLine = [...Object.values(trials).flatMap(({ before = [], lines }) => [...before, ...lines]), ...misplaced]

describe('secrets', () => {
  let stage: Stage
  const codes = new Map<number, number>()

  beforeAll(async () => {
    stage = await openStage()
  })

  afterAll(async () => {
    const { lines, requests, struck, posts, bytes } = stage.counts
    const exits = [...codes].sort().map(([code, times]) => `${times} × ${code}`)
    console.log(
      `marked secrets: ${Object.keys(trials).length} commands, ${Object.keys(faults).length} faults of the network, ${lines} command lines (exit codes ${exits.join(', ')}), ` +
        `${requests} requests with the key, ${struck} of them struck, ${posts} webhooks, ${(bytes / 1e6).toFixed(1)} MB searched, ${stage.leaks.length} leaks`,
    )
    await stage.close()
  })

  /** Runs a line, and expects that nothing leaked. */
  async function run(line: Line, mishap?: Mishap): Promise<Ended> {
    const before = stage.leaks.length
    const ended = await stage.run(line, mishap)
    codes.set(ended.code, (codes.get(ended.code) ?? 0) + 1)
    expect(stage.leaks.slice(before)).toEqual([])
    return ended
  }

  it('are looked for in every command, with every option and in every format', async () => {
    const used = (name: string, text: string): boolean =>
      everyLine.some(
        ({ argv }) =>
          argv[0] === name && argv.some((each, at) => each === text || `${argv[at - 1] ?? ''} ${each}` === text),
      )
    const missing = (await allCommands()).flatMap(command => {
      const name = command.name()
      const wanted = command.options.flatMap(({ long, argChoices }) =>
        long === '--format' ? (argChoices ?? []).map(choice => `--format ${choice}`) : [long ?? ''],
      )
      return name in trials ? wanted.filter(text => !used(name, text)).map(text => `${name} ${text}`) : [name]
    })
    expect(missing).toEqual([])
  })

  describe.each(Object.entries(trials).map(([name, trial], place) => [name, trial, place] as const))(
    '%s',
    (_, trial, place) => {
      const { before = [], lines, struck, fresh } = trial
      beforeAll(async () => {
        await stage.reset()
        for (const line of before) await run(line)
      })

      it.each(lines)('$argv', async line => {
        const { code, out, err } = await run(line)
        const told = out + err
        if (line.tells === undefined) expect(told).not.toMatch(/run\/(usage|internal)/)
        else expect([told, code === 0]).toEqual([expect.stringContaining(line.tells), false])
      })

      if (struck === undefined) return
      const cases: readonly (readonly [When, readonly string[]])[] = [
        ['all', []],
        ['all', ['--format', 'json']],
        ['later', []],
        ...(fresh === true
          ? ([
              ['writes', []],
              ['writes', ['--format', 'json']],
            ] as const)
          : []),
      ]
      // In a sample the commands share the faults out among them.
      const own = Object.entries(faults).filter((_, index) => full || index % 4 === place % 4)
      it.each(own)('under %s', async (_, strike) => {
        // The other format, and trouble that comes later, are tried with everything else in full.
        for (const [when, flags] of full
          ? cases
          : cases.filter(([when, { length }]) => when !== 'later' && length === 0)) {
          if (fresh === true) await stage.reset()
          const { out, err } = await run({ argv: [...struck, '--verbose', ...flags] }, { strike, when })
          expect(out + err).not.toContain('run/internal')
        }
      })
    },
  )

  describe('in the wrong place', () => {
    beforeAll(() => stage.reset())
    it.each(misplaced)('$argv', async line => {
      const { out, err } = await run(line)
      expect(out + err).toContain(line.tells)
    })
  })

  const bug = (): never => {
    const { text } = marks.apiKey
    const error = new Error(`a fault with ${text}\n    at Authorization: Bearer ${text} (${text}:1:1)`, { cause: text })
    throw Object.assign(error, { headers: { authorization: text } })
  }
  const bugs: readonly Mishap['world'][] = [
    { now: bug },
    { random: bug },
    { ask: bug },
    { stdout: { write: bug, isTerminal: false, columns: undefined } },
    { network: { transport: bug, sleep: () => Promise.resolve() } },
    { network: { clock: bug, sleep: () => Promise.resolve() } },
  ]
  it.each(bugs)('in a fault of the program: %o', async world => {
    for (const flags of [[], ['--verbose'], ['--format', 'json', '--verbose']])
      await run({ argv: ['apply', 'policies', ...flags], answers: ['yes'] }, { world: world ?? {} }).catch(
        (error: unknown) => {
          // Where the stream itself fails there is nobody left to tell.
          if (world !== undefined && !('stdout' in world)) throw error
        },
      )
  })
})

/** A program that leaks on purpose: a test that finds nothing there would prove nothing anywhere. */
describe('a leak is found', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
    await stage.reset()
  })
  afterAll(() => stage.close())

  async function leaksOf(line: Line, mishap?: Mishap): Promise<readonly string[]> {
    const before = stage.leaks.length
    await stage.run(line, mishap)
    return [...new Set(stage.leaks.slice(before).map(({ where, mark }) => `${mark}: ${where}`))]
  }

  it.each(formsOf(marks.apiKey.text))('on stderr, as %s', async form => {
    expect(await leaksOf({ argv: ['explain', `x${form}y`] })).toContain('API key: stderr')
  })

  it.each(Object.values(marks))('on stderr, in a piece of the $name', async ({ name, text }) => {
    for (const at of [0, 3, text.length - pieceLength])
      expect(await leaksOf({ argv: ['explain', `x${text.slice(at, at + pieceLength)}y`] })).toContain(`${name}: stderr`)
  })

  it('on stderr, as a one-time code', async () => {
    await stage.run({ argv: ['apply', 'policies', '--yes', '--otp', 'bob:CODE'] })
    expect(await leaksOf({ argv: ['explain', 'LAST'] })).toContain('one-time code: stderr')
  })

  const { text } = marks.apiKey
  const bait = (leak: (authorization: string) => Promise<unknown>): Mishap => ({
    strike: async (request, carryOut) => {
      await leak(request.headers['authorization'] ?? '').catch(() => undefined)
      return carryOut()
    },
  })
  const file = (): string => join(stage.cwd, '../postern-leak')
  const baits: readonly (readonly [string, Line, Mishap, string])[] = [
    ['the name of a file', { argv: ['plan', 'policies', '--out', `${text}.json`] }, {}, 'API key: a name of a file'],
    ['a file', { argv: ['plan', 'policies', '--author', text, '--out', 'plan.json'] }, {}, 'API key: plan.json'],
    ['a request', { argv: ['explain', `${text}@acme.com`] }, {}, 'API key: request'],
    [
      'a file elsewhere that is gone again',
      { argv: ['plan', 'policies'] },
      bait(key => writeFile(file(), key).then(() => rm(file()))),
      'API key: writeFile',
    ],
    [
      'a request to somebody else',
      { argv: ['plan', 'policies'] },
      bait(authorization => fetch(stage.receiver, { headers: { authorization } })),
      'API key: webhook',
    ],
    [
      'a host of somebody else',
      { argv: ['plan', 'policies'] },
      bait(() => fetch('http://127.0.0.2:59999/')),
      'a host of somebody else: http://127.0.0.2:59999',
    ],
  ]
  it.each(baits)('in %s', async (_, line, mishap, leak) => {
    expect(await leaksOf(line, mishap)).toContain(leak)
  })
})
