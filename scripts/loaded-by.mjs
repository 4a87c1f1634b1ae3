// What a run of the built program loads.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const program = resolve('dist/postern.cjs')

/** Notes what is asked of Node.js by name, and every group of chunks that is compiled. */
const noting = `const Module = require('node:module')
const vm = require('node:vm')
const found = { names: new Set(), groups: {} }
const load = Module._load
Module._load = function (name, ...rest) { found.names.add(name); return load.call(this, name, ...rest) }
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options)
    found.groups[String(options?.filename).replace(/^postern\\//, '')] = source.length
  }
}
process.on('exit', () => require('node:fs').writeFileSync(process.env.NOTED,
  JSON.stringify({ names: [...found.names], groups: found.groups })))
`

/**
 * Runs it with arguments, and nothing in the environment but a path and what is given. Resolves with the exit code, the modules of Node.js and
 * those of others that it asked for, and the groups of its chunks with the lengths of their texts.
 */
export async function loadedBy(args, env = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'postern-loaded-'))
  try {
    const [hook, noted] = ['noting.cjs', 'noted.json'].map(name => join(folder, name))
    await writeFile(hook, noting)
    const child = spawn(process.execPath, ['--require', hook, program, ...args], {
      env: { PATH: process.env['PATH'], NOTED: noted, ...env },
      stdio: 'ignore',
    })
    const code = await new Promise(ended => child.once('close', ended))
    const { names, groups } = JSON.parse(await readFile(noted, 'utf8'))
    const others = names.filter(name => !isBuiltin(name) && name !== program)
    return { code, builtins: names.filter(name => isBuiltin(name)), others, groups }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
