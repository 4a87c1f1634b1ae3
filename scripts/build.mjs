// Builds what is shipped: the command line and the Terraform provider as one file each, the library and the simulator as modules, and their types.
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { build } from 'esbuild'
import { buildLambda, lambdaEntry } from './build-lambda.mjs'
import { buildProvider } from './build-provider.mjs'
import { loadedWith, packChunks } from './pack-chunks.mjs'
import { versionOnly } from './version-only.mjs'

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'eof',
  // Large, and only a ledger in a bucket needs it: whoever has one installs it.
  external: ['@aws-sdk/client-s3'],
  logLevel: 'warning',
  plugins: [versionOnly],
}

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

/** One file. CommonJS starts some 15 ms sooner than a module. */
async function buildCommandLine() {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: { main: 'src/cli/main.ts', ...lambdaEntry },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    plugins: [versionOnly, withoutChildProcess],
    write: false,
    metafile: true,
  })
  const hot = loadedWith(['src/cli/main.ts', 'src/cli/commands/validate.ts'], metafile)
  const cold = new Set(
    Object.keys(metafile.outputs)
      .filter(path => !hot.has(path))
      .map(path => basename(path)),
  )
  const chunks = new Map(outputFiles.map(({ path, text }) => [basename(path), text]))
  await mkdir('dist', { recursive: true })
  await writeFile('dist/postern.cjs', await packChunks('main.js', chunks, cold, ['validate', 'policies']))
}

await rm('dist', { recursive: true, force: true })
await Promise.all([
  buildCommandLine(),
  buildLambda(common),
  buildProvider(common),
  build({
    ...common,
    minify: false,
    entryPoints: { index: 'src/index.ts', simulator: 'src/simulator/index.ts', cdktf: 'src/construct/index.ts' },
    external: [...common.external, 'cdktf', 'constructs'],
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  }),
])
await chmod('dist/postern.cjs', 0o755)
if (!process.argv.includes('--no-types')) {
  const { buildTypes } = await import('./build-types.mjs')
  await buildTypes()
}
