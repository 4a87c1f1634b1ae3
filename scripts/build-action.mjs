// Builds what the GitHub Action and the hook of pre-commit run: they are used as the repository holds them, so it is checked in.
import { build } from 'esbuild'
import { packedCommandLine } from './build-command-line.mjs'
import { leanUndici } from './lean-undici.mjs'
import { versionOnly } from './version-only.mjs'

// Nothing is compressed or compiled ahead of time: either differs from one Node.js to the next, and these files must not.
const options = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'eof',
  logLevel: 'warning',
}

/** Large, and only a ledger in a bucket needs it: it lies in a file of its own. */
const s3 = '@aws-sdk/client-s3'
const s3Beside = {
  name: 's3-beside',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^${s3}$`) }, () => ({ path: './s3.cjs', external: true }))
  },
}

/**
 * The command line, and the SDK of S3 as far as the ledger uses it, by the names of their files. The same sources make the same bytes, on every
 * machine.
 */
export async function actionBundle() {
  const [pack, client] = await Promise.all([
    packedCommandLine({ ...options, plugins: [versionOnly, leanUndici, s3Beside] }),
    build({
      ...options,
      format: 'cjs',
      stdin: { contents: `module.exports = require('${s3}')`, resolveDir: process.cwd() },
      // `import()` of a script knows only the names that can be seen without running it; `require` knows all.
      supported: { 'dynamic-import': false },
      write: false,
    }),
  ])
  const files = Object.entries(await pack()).map(([name, content]) => [`action/${name}`, content.toString()])
  return [...files, ['action/s3.cjs', client.outputFiles[0].text]]
}
