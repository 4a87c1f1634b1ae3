import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { simulate } from '../../src/simulator/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-loaded-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Pieces that are loaded today, and a few more: what is added shows here first. */
const most = { version: 20, plan: 95 }

/** Notes what Node loads by name, and every chunk of the packed program that is compiled. */
const noting = `const Module = require('node:module')
const vm = require('node:vm')
const found = { names: new Set(), chunks: new Set() }
const load = Module._load
Module._load = function (name, ...rest) { found.names.add(name); return load.call(this, name, ...rest) }
const { Script } = vm
vm.Script = class extends Script {
  constructor(source, options) { super(source, options); found.chunks.add(String(options?.filename).split('/').pop()) }
}
process.on('exit', () => require('node:fs').writeFileSync(process.env.NOTED,
  JSON.stringify({ names: [...found.names], chunks: [...found.chunks] })))
`

/** What running the built program with these arguments loads: packages and files by name, and pieces of the program. */
async function loadedBy(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const [hook, noted] = [join(folder, 'noting.cjs'), join(folder, 'noted.json')]
  writeFileSync(hook, noting)
  const child = spawn(process.execPath, ['--require', hook, resolve('dist/postern.cjs'), ...args], {
    env: { PATH: process.env['PATH'], NOTED: noted, ...env },
    stdio: 'ignore',
  })
  const code = await new Promise<number | null>(ended => child.once('close', ended))
  const { names, chunks } = JSON.parse(readFileSync(noted, 'utf8')) as { names: string[]; chunks: string[] }
  const packages = names.filter(name => !isBuiltin(name) && name !== resolve('dist/postern.cjs'))
  return { code, packages, chunks: chunks.filter(name => name.endsWith('.js')) }
}

describe('what a command loads', () => {
  it('is a handful of pieces for --version, and no package', async () => {
    const { code, packages, chunks } = await loadedBy(['--version'])
    expect([code, packages]).toEqual([0, []])
    expect(chunks.length).toBeLessThanOrEqual(most.version)
  })

  it('is no package for a plan either: neither CDKTF nor AWS nor gRPC', async () => {
    const simulator = await simulate()
    try {
      const { code, packages, chunks } = await loadedBy(['plan', 'policies', '--ledger', join(folder, 'ledger')], {
        POSTERN_API_URL: simulator.url,
        POSTERN_CONSOLE_URL: simulator.consoleUrl,
        POSTERN_API_KEY: simulator.apiKey,
      })
      expect([code, packages]).toEqual([2, []])
      expect(chunks.length).toBeLessThanOrEqual(most.plan)
    } finally {
      await simulator.close()
    }
  })

  it('of the library asks for no package', () => {
    const text = readFileSync(resolve('dist/index.js'), 'utf8')
    const imported = [...text.matchAll(/\bfrom\s*["']([^"']+)["']/g)].map(([, name = '']) => name)
    expect(imported.filter(name => !name.startsWith('.') && !isBuiltin(name))).toEqual([])
  })
})
