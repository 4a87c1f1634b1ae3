import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'

const root = mkdtempSync(join(tmpdir(), 'postern-kept-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Makes the Node.js that runs the tests one that keeps compiled code (22.1 or later), and no longer the one that built the program. */
const laterNode = `const Module = require('node:module')
const { mkdirSync } = require('node:fs')
const { join } = require('node:path')
Object.defineProperty(process, 'versions', { value: { ...process.versions, v8: '0' } })
let folder = process.env.NODE_COMPILE_CACHE
Module.getCompileCacheDir = () => folder
Module.enableCompileCache = given => mkdirSync((folder = join(given, 'v0')), { recursive: true })
`

let place = ''
let temporary = ''
beforeEach(() => {
  place = mkdtempSync(join(root, 'run-'))
  temporary = join(place, 'tmp')
  mkdirSync(temporary)
  writeFileSync(join(place, 'later-node.cjs'), laterNode)
})

const standard = () => join(temporary, 'node-compile-cache')

function validate(env: Readonly<Record<string, string>> = {}) {
  const args = ['--require', join(place, 'later-node.cjs'), resolve('dist/postern.cjs'), 'validate', 'policies']
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], TMPDIR: temporary, TMP: temporary, TEMP: temporary, ...env },
  })
  expect([status, stderr]).toEqual([0, ''])
}

/** Groups whose code is kept in a folder. */
const kept = (folder: string): readonly string[] =>
  readdirSync(folder)
    .map(name => name.replace(/^postern-[0-9a-f]{16}-/, ''))
    .sort()

describe('code that was compiled', () => {
  it('is kept where Node.js keeps its own, readable by nobody else, and used by the next start', () => {
    validate()
    const folder = join(standard(), 'v0')
    expect(kept(folder)).toEqual(['start', 'validate'])
    expect(statSync(standard()).mode & 0o777).toBe(0o700)
    const before = readdirSync(folder).map(name => statSync(join(folder, name)))
    expect(before.map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o600])
    validate()
    expect(readdirSync(folder).map(name => statSync(join(folder, name)).ino)).toEqual(before.map(({ ino }) => ino))
  })

  it('is compiled again where what was kept is not taken', () => {
    validate()
    const folder = join(standard(), 'v0')
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'nonsense')
    validate()
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeGreaterThan(10_000)
    expect(kept(folder)).toEqual(['start', 'validate'])
  })

  // V8 does not look: what is damaged ends the program with a signal.
  it.each<readonly [string, (bytes: Buffer) => Buffer]>([
    ['its second half was never written', bytes => Buffer.from(bytes).fill(0, bytes.length / 2)],
    ['the end was never written', bytes => Buffer.from(bytes).fill(0, bytes.length * 0.75)],
    ['nothing was written', bytes => Buffer.alloc(bytes.length)],
    ['it is cut in half', bytes => bytes.subarray(0, bytes.length / 2)],
    ['it is empty', () => Buffer.alloc(0)],
    ['it lacks a byte', bytes => bytes.subarray(1)],
    ['one byte is another', bytes => Buffer.from(bytes).fill(~(bytes[40_000] ?? 0) & 0xff, 40_000, 40_001)],
  ])('is compiled again where %s', (_what, damaged) => {
    validate()
    const folder = join(standard(), 'v0')
    const files = readdirSync(folder).map(name => join(folder, name))
    const before = files.map(file => statSync(file))
    for (const file of files) writeFileSync(file, damaged(readFileSync(file)))
    validate()
    for (const [index, file] of files.entries()) {
      expect(statSync(file).ino).not.toBe(before[index]?.ino)
      const bytes = readFileSync(file)
      const half = bytes.length / 2
      expect(half).toBeGreaterThan(10_000)
      expect(bytes.subarray(0, half).equals(bytes.subarray(half))).toBe(true)
    }
    expect(kept(folder)).toEqual(['start', 'validate'])
  })

  it('is kept where Node.js was told to', () => {
    const folder = join(place, 'elsewhere')
    mkdirSync(folder)
    validate({ NODE_COMPILE_CACHE: folder })
    expect(kept(folder)).toEqual(['start', 'validate'])
    expect(existsSync(standard())).toBe(false)
  })

  it('is not kept where Node.js was told not to', () => {
    validate({ NODE_DISABLE_COMPILE_CACHE: '1' })
    expect(readdirSync(temporary)).toEqual([])
  })

  it('is neither kept nor read where others may write', () => {
    mkdirSync(standard())
    chmodSync(standard(), 0o777)
    validate()
    expect(readdirSync(standard())).toEqual([])
  })

  it('is not kept where there is no place for it', () => {
    writeFileSync(standard(), '')
    validate()
    rmSync(temporary, { recursive: true })
    validate()
  })
})
