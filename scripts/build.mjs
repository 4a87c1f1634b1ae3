// Builds what is shipped: the command line with its chunks beside it, the Terraform provider as one file, the library and the simulator as modules, and
// their types.
import { rm } from 'node:fs/promises'
import { build } from 'esbuild'
import { buildCommandLine } from './build-command-line.mjs'
import { buildLambda } from './build-lambda.mjs'
import { buildProvider } from './build-provider.mjs'
import { leanUndici } from './lean-undici.mjs'
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
  plugins: [versionOnly, leanUndici],
}

await rm('dist', { recursive: true, force: true })
await Promise.all([
  buildCommandLine(common),
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
if (!process.argv.includes('--no-types')) {
  const { buildTypes } = await import('./build-types.mjs')
  await buildTypes()
}
