// Runs an app of CDKTF, by default the example, and says what it wrote. The package must be built: the example imports it by its name.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { register } from 'tsx/esm/api'
import { root } from './ensure-installed.mjs'

process.chdir(root)
register()
const [app = 'examples/cdktf/main.ts', ...args] = process.argv.slice(2)
process.argv = [process.execPath, resolve(app), ...args]
try {
  await import(pathToFileURL(resolve(app)).href)
  const out = process.env.CDKTF_OUTDIR ?? 'cdktf.out'
  const { stacks } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))
  for (const { synthesizedStackPath, annotations } of Object.values(stacks)) {
    process.stdout.write(`${join(out, synthesizedStackPath)}\n`)
    for (const { message } of annotations) process.stderr.write(`${message}\n`)
  }
} catch (error) {
  // What is wrong with documents holds the line of the program that gave them; the rest of a stack would bury it.
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
}
