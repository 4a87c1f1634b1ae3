import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { troubleshootingPage } from '../../scripts/generate-troubleshooting.ts'
import { createProgram } from '../../src/cli/program.ts'
import { wording, type Code } from '../../src/diagnostics/catalogue.ts'
import { explanations } from '../../src/diagnostics/explanations/index.ts'
import { guardCodes } from '../../src/engine/guards/index.ts'
import { codesPage } from '../../src/render/explained-at.ts'
import { fakeWorld, standingClock } from '../world.ts'

const page = readFileSync(codesPage, 'utf8')
const codes = Object.keys(wording).sort() as Code[]
const anchors = [...page.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id = '']) => id)

/** What the page says of one code: from its anchor to the next. */
const sectionOf = (code: string): string => page.split(`<a id="${code}"></a>`)[1]?.split('<a id=')[0] ?? ''

describe('the page on every code', () => {
  it('is what the catalogue, the cases and the samples come to now', async () => {
    expect(await troubleshootingPage()).toBe(page)
  })

  it('has one anchor for each code', () => {
    const counted = codes.map(code => [code, anchors.filter(anchor => anchor === code).length] as const)
    expect(counted.filter(([, number]) => number !== 1)).toEqual([])
  })

  it('shows the message of each, and what a guard says as the plan does', () => {
    const isGuard = (code: string) => guardCodes.includes(code.replace('guard/', ''))
    const head = (code: string) => (isGuard(code) ? code.replace('guard/', '✗ ') : `[${code}]: `)
    expect(codes.filter(code => !sectionOf(code).includes(head(code)))).toEqual([])
  })

  it.each([
    ['policy/unknown-field', 'error'],
    ['policy/no-default', 'note'],
    ['policy/token-skips-passcode', 'warning'],
    ['org/key-refused', 'error'],
    ['evidence/unread-cells', 'warning'],
    ['plan/unclaimed', 'note'],
    ['plan/group-not-found', 'error'],
    ['plan/rollout-waiting', 'note'],
    ['guard/loosens', 'blocks the plan'],
    ['guard/unknown-code', 'error'],
    ['coverage/unmet', 'error'],
    ['drift/no-history', 'note'],
    ['ledger/locked', 'error'],
    ['run/no-ledger', 'warning'],
    ['apply/continued', 'warning'],
    ['approval/not-needed', 'note'],
    ['import/left-alone', 'note'],
  ])('says that %s is: %s', (code, severity) => {
    expect(sectionOf(code)).toMatch(new RegExp(`\\*${severity}\\*( \\(|\\n)`))
  })

  it('links to what is there, as other pages link to it', () => {
    const others = readdirSync('docs').filter(name => name.endsWith('.md'))
    const links = [
      ...[...page.matchAll(/\]\(#([^)]+)\)/g)],
      ...others.flatMap(name => [
        ...readFileSync(`docs/${name}`, 'utf8').matchAll(/\]\(troubleshooting\.md#([^)]+)\)/g),
      ]),
    ].map(([, id = '']) => id)
    expect(links.length).toBeGreaterThan(20)
    expect(links.filter(id => !anchors.includes(id))).toEqual([])
  })

  it('shows facts in every message', () => {
    expect(page).not.toMatch(/undefined|\[object|NaN/)
  })
})

/** The commands with their flags, as the program knows them. */
const commands = new Map(
  createProgram(fakeWorld({ argv: [], cwd: '.', clock: standingClock() }).world, { code: undefined }).commands.map(
    command => [command.name(), command.options.map(({ long }) => long ?? '')] as const,
  ),
)
const flags = new Set([...commands.values()].flat())

/** Flags that no command lists: its help, and one of another program. */
const foreign = new Set(['--help', '--global'])

/** The variables of the environment; those of approvers are called after them. */
const variables = [
  'POSTERN_',
  'POSTERN_API_KEY',
  'POSTERN_API_URL',
  'POSTERN_APPROVER',
  'POSTERN_APPROVER_COMMAND',
  'POSTERN_CONSOLE_URL',
  'POSTERN_LEDGER',
  'POSTERN_SNAPSHOT_KEY',
  'POSTERN_WEBHOOK_SECRET',
]

/** What an explanation names that there is not, and what is wrong with its sentences. */
function problemsOf(code: Code): readonly string[] {
  const { means, fix } = explanations[code]
  const text = `${means}\n${fix}`
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name)
  return [
    ...[means, fix].filter(words => !/^[A-Z`*].*[.:`)]$/s.test(words) || (words.match(/`/g) ?? []).length % 2 !== 0),
    ...all(/`postern ([a-z]+)/g).filter(name => !commands.has(name)),
    ...all(/(?<![\w-])(--[a-z][a-z-]*)/g).filter(flag => !flags.has(flag) && !foreign.has(flag)),
    ...all(/--allow ([a-z-]+)/g).filter(guard => !guardCodes.includes(guard)),
    ...all(/(POSTERN_[A-Z_]+)/g).filter(name => !variables.includes(name)),
  ]
}

describe('the explanations', () => {
  it('are loaded by no command: they are for the page alone', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
    const loading = files.filter(file =>
      /(from|import\() ?'[^']*explanations\//.test(readFileSync(`src/${file}`, 'utf8')),
    )
    expect(files.length).toBeGreaterThan(300)
    expect(loading).toEqual([])
  })

  it('are sentences that name commands, flags, guards and variables that there are', () => {
    expect(codes.map(code => [code, problemsOf(code)] as const).filter(([, problems]) => problems.length > 0)).toEqual(
      [],
    )
  })
})
