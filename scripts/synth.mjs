// `npm run synth`: writes the example of CDKTF to `cdktf.out`, as `cdktf synth` does. Builds what is missing first.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt, root } from './ensure-installed.mjs'

ensureBuilt()
const { status } = spawnSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'examples/cdktf/main.ts'], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
if (status === 0) {
  const { stacks } = JSON.parse(readFileSync(join(root, 'cdktf.out/manifest.json'), 'utf8'))
  for (const { synthesizedStackPath, annotations } of Object.values(stacks)) {
    process.stdout.write(`cdktf.out/${synthesizedStackPath}\n`)
    for (const { message } of annotations) process.stderr.write(`${message}\n`)
  }
}
