import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policiesFolder, startAt, type Started } from '../operations/start.ts'
import { expectHarmless } from '../render/review/rendered.ts'
import { commandLine } from './command-line.ts'

/** What a reviewer is shown, by the commands that make it. Each test goes on where the one before it ended. */
describe('Markdown for reviewers', () => {
  let cwd = ''
  let started: Started

  const policies = (): string => relative(cwd, policiesFolder)

  const postern = (...argv: string[]) => commandLine(cwd, started, argv)

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'postern-review-'))
    started = await startAt(cwd, {})
  })

  afterAll(() => rm(cwd, { recursive: true, force: true }))

  it('plan: the first line says it all', async () => {
    const { out } = await postern('plan', policies(), '--format', 'markdown')
    const [first] = out.split('\n')
    expect(first).toMatch(/^### .*(tightened|changed).*coverage \d+\.\d % → \d+\.\d %$/)
  })

  it.each([
    ['plan', []],
    ['apply', ['--yes']],
    ['drift', []],
    ['coverage', []],
  ] as const)('%s: addresses are short unless it is told to show them', async (command, flags) => {
    const short = await postern(command, policies(), '--format', 'markdown', ...flags)
    expect(short.out).toMatch(/^### /)
    expectHarmless(short.out, ['https://admin.atlassian.com/', started.simulator.url])
    expect(short.out).not.toMatch(/[\w.]{2,}@\u200d?(acme|partner|agency|freelance)\b/)
    const full = await postern(command, policies(), '--format', 'markdown', '--emails', 'full', ...flags)
    expectHarmless(full.out, ['https://admin.atlassian.com/', started.simulator.url])
    // What apply shows of people are the reasons why something failed: here nothing did.
    if (command !== 'apply') expect(full.out).toMatch(/[\w.]{2,}@\u200d?acme\b/)
  })

  it('--emails takes short and full only', async () => {
    const { code, err } = await postern('plan', policies(), '--emails', 'none')
    expect(code).toBe(1)
    expect(err).toContain('--emails')
  })

  it.each(['validate', 'plan', 'drift', 'coverage'])('%s --format gitlab is a list', async command => {
    const { out } = await postern(command, policies(), '--format', 'gitlab')
    const entries = JSON.parse(out) as readonly { readonly location: { readonly path: string } }[]
    for (const { location } of entries) expect(location.path.startsWith(policies())).toBe(true)
    if (command === 'drift') expect(entries.length).toBeGreaterThan(0)
  })
})
