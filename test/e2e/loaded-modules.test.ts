import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadedBy } from '../../scripts/loaded-by.mjs'
import { simulate } from '../../src/simulator/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-loaded-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what a command loads', () => {
  it('is next to nothing for --version', async () => {
    expect(await loadedBy(['--version'])).toEqual({
      code: 0,
      builtins: ['node:fs', 'node:path'],
      others: [],
      groups: {},
    })
  })

  it.each([
    ['help', ['--help'], 0, ['start']],
    ['validate', ['validate', 'policies'], 0, ['start', 'validate']],
  ])('is what it needs for %s', async (_name, args, expected, needed) => {
    const { code, builtins, others, groups } = await loadedBy(args)
    expect([code, others]).toEqual([expected, []])
    expect(Object.keys(groups)).toEqual(needed)
    // They cost a start some milliseconds each, and are for those who ask for something.
    for (const late of ['node:crypto', 'node:child_process', 'node:zlib', 'node:http', 'node:readline'])
      expect(builtins).not.toContain(late)
  })

  it('is no package for a plan either: neither CDKTF nor AWS nor gRPC', async () => {
    const simulator = await simulate()
    try {
      const { code, others, groups } = await loadedBy(['plan', 'policies', '--ledger', join(folder, 'ledger')], {
        POSTERN_API_URL: simulator.url,
        POSTERN_CONSOLE_URL: simulator.consoleUrl,
        POSTERN_API_KEY: simulator.apiKey,
      })
      expect([code, others]).toEqual([2, []])
      // What a plan needs is read together, not one by one.
      expect(Object.keys(groups).sort()).toEqual(['places', 'plan', 'start', 'validate'])
    } finally {
      await simulator.close()
    }
  })

  it('of undici is nothing but what the bundles keep of it', () => {
    const using = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .flatMap(file => [...readFileSync(join('src', file), 'utf8').matchAll(/^(?!import type).*['"]undici['"].*$/gm)])
      .map(([line]) => line)
    expect(using).toEqual(["export { Agent, request } from 'undici'"])
  })

  it('of the library asks for no package', () => {
    const text = readFileSync(resolve('dist/index.js'), 'utf8')
    const imported = [...text.matchAll(/\bfrom\s*["']([^"']+)["']/g)].map(([, name = '']) => name)
    expect(imported.filter(name => !name.startsWith('.') && !isBuiltin(name))).toEqual([])
  })
})
