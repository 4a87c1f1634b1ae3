import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import stringWidth from 'fast-string-width'
import { afterAll, describe, expect, it } from 'vitest'
import { simulate } from '../../src/simulator/index.ts'
import { atTerminal, hasTerminal, type Typed } from './terminal.ts'

const cli = resolve('dist/postern.cjs')
const made: string[] = []
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-init-'))
  made.push(folder)
  return folder
}

const apiKey = 'key-that-is-typed-at-the-terminal'
const key: Typed = { when: /API key \(not shown\): /, type: `${apiKey}\r` }
const ci: Typed = { when: /Number \[\d\]: /, type: 'github\r' }
const noExport: Typed = { when: /nothing for now: /, type: '\r' }
const write: Typed = { when: /\(Y\/n\) /, type: '\r' }
const interrupt = '\u0003'

/** Everything that a terminal shows, without what only moves the cursor or paints. */
const plain = (shown: string): string => shown.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')

async function initAt(folder: string, typed: readonly Typed[]) {
  const simulator = await simulate({ apiKey })
  try {
    const env = { PATH: process.env['PATH'], HOME: folder, POSTERN_API_URL: simulator.url }
    return await atTerminal([process.execPath, cli, 'init'], { cwd: folder, env, typed })
  } finally {
    await simulator.close()
  }
}

describe.skipIf(!hasTerminal)('init of the built program at a pseudo-terminal (skipped without `script`)', () => {
  it('goes from the key to a folder, and never shows or writes the key', async () => {
    const folder = emptyFolder()
    const { code, shown } = await initAt(folder, [key, ci, noExport, write])
    expect(code, shown).toBe(0)
    const text = plain(shown)
    expect(text).not.toContain(apiKey)
    for (const said of ['Organization settings → API keys', 'Next', 'postern plan policies'])
      expect(text).toContain(said)
    const wide = text.split(/[\r\n]+/).filter(line => stringWidth(line) > 80 && !line.includes('http'))
    expect(wide).toEqual([])
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    for (const { parentPath, name } of files)
      expect(readFileSync(join(parentPath, name), 'utf8'), name).not.toContain(apiKey)
    expect(readdirSync(folder).sort()).toEqual(expect.arrayContaining(['.github', '.gitignore', '.vscode', 'policies']))
  })

  it.each<readonly [where: string, typed: readonly Typed[]]>([
    ['at the key', [{ ...key, type: interrupt }]],
    ['at a choice', [key, { ...ci, type: interrupt }]],
    ['before it writes', [key, ci, noExport, { ...write, type: interrupt }]],
  ])('Ctrl-C %s leaves nothing', async (_, typed) => {
    const folder = emptyFolder()
    const { code, shown } = await initAt(folder, typed)
    expect(code, shown).toBe(1)
    expect(plain(shown)).toContain('init/stopped')
    expect(readdirSync(folder)).toEqual([])
  })
})
