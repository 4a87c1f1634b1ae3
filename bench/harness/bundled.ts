import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { newFolder } from './children.ts'

/** Makes one file of a program that measures parts of Postern from within, so that it starts as what is shipped does. Returns its path. */
export async function bundled(source: string): Promise<string> {
  const outfile = join(newFolder('measured'), basename(source).replace(/\.ts$/, '.mjs'))
  await build({
    entryPoints: [source],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    // Large, and loaded only where secrets are read, which is not measured.
    external: ['@aws-sdk/client-secrets-manager'],
    logLevel: 'error',
    banner: {
      js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
    },
  })
  return outfile
}
