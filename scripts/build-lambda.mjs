// Builds what runs on AWS: the constructs, and the handlers of the functions. The code of the handlers is inside the command line, which they run: all that
// is added is a file that picks it.
import { mkdir, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'

/** The entry of the packed command line that holds the handlers. */
export const lambdaEntry = { lambda: 'src/lambda/main.ts' }

/** What the packed file runs is its program, unless it is told another entry before. */
const handlers = `'use strict'
globalThis.posternEntry = './lambda.js'
module.exports = require('./postern.cjs')
`

/** Writes the handlers and the constructs. CDKTF and the bindings of AWS come from whoever uses them. */
export async function buildLambda(common) {
  await mkdir('dist/lambda', { recursive: true })
  await writeFile('dist/lambda/index.cjs', handlers)
  await build({
    ...common,
    minify: false,
    entryPoints: { 'cdktf-aws': 'src/construct/aws/index.ts' },
    outdir: 'dist',
    format: 'esm',
    external: ['cdktf', 'constructs', '@cdktf/provider-aws'],
  })
}
