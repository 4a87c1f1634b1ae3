// Builds the command line: a small program, and its chunks beside it. CommonJS starts some 15 ms sooner than a module.
import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { lambdaEntry } from './build-lambda.mjs'
import { compiledBy, loadedWith } from './chunk-code.mjs'
import { packBeside } from './pack-beside.mjs'

/** Commander loads child_process for commands that are programs of their own: there are none here, and it costs a start 4 ms. */
const withoutChildProcess = {
  name: 'without-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/commander/') ? { path: 'none', namespace: 'none' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'module.exports = {}', loader: 'js' }))
  },
}

/**
 * What is read together: what all commands need, what `validate` needs besides, what finds places in documents, and what `plan` needs, with what it
 * loads late.
 */
const groups = {
  start: ['src/cli/process.ts'],
  validate: ['src/cli/commands/validate.ts'],
  places: ['src/policy/precise-documents.ts'],
  plan: [
    'src/cli/commands/plan.ts',
    'src/org/client.ts',
    'src/org/undici-transport.ts',
    'src/org/undici-parts.ts',
    'src/render/plan-text.ts',
  ],
}

/** What makes the two files of the command line, as `packBeside` gives it; `entryPoints` are more of them. */
export async function packedCommandLine({ plugins, ...options }, entryPoints = {}) {
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: { main: 'src/cli/main.ts', ...entryPoints },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    plugins: [...plugins, withoutChildProcess],
    write: false,
    metafile: true,
  })
  const chunksOf = sources => new Set([...loadedWith(sources, metafile)].map(path => basename(path)))
  return packBeside({
    entry: 'main.js',
    chunks: new Map(outputFiles.map(({ path, text }) => [basename(path), text])),
    inline: chunksOf(['src/cli/main.ts']),
    groups: Object.fromEntries(Object.entries(groups).map(([name, sources]) => [name, chunksOf(sources)])),
  })
}

/** Writes the command line, with the handlers of the functions on AWS in it, and with what V8 compiles of it while it runs. */
export async function buildCommandLine(common, folder = 'dist') {
  const pack = await packedCommandLine(common, lambdaEntry)
  const place = await mkdtemp(join(tmpdir(), 'postern-build-'))
  try {
    await write(place, await pack(new Map(), { keep: true }))
    await write(folder, await pack(await warmUp(join(place, 'postern.cjs'))))
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

async function write(folder, files) {
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  await chmod(join(folder, 'postern.cjs'), 0o755)
}

/** Validates and plans, with the simulator of the program itself for an organization. */
async function warmUp(program) {
  const simulator = spawn(process.execPath, [program, 'simulate', '--port', '0', '--api-key', 'build'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const { value } = await createInterface({ input: simulator.stdout })[Symbol.asyncIterator]().next()
    if (value === undefined) throw new Error('the packed simulator does not run')
    const { url, consoleUrl, apiKey } = JSON.parse(value)
    const env = {
      POSTERN_API_KEY: apiKey,
      POSTERN_API_URL: url,
      POSTERN_CONSOLE_URL: consoleUrl,
      POSTERN_LEDGER: join(dirname(program), 'ledger'),
      NO_PROXY: '127.0.0.1',
    }
    // As policies grow old a guard may come to block the plan.
    const plan = await compiledBy(program, { args: ['plan', 'policies'], env, codes: [2, 3] })
    // What both need is as the shorter one leaves it.
    return new Map([...plan, ...(await compiledBy(program, { args: ['validate', 'policies'] }))])
  } finally {
    simulator.kill()
  }
}
