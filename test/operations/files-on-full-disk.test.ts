import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'postern-full-'))

/** Runs a command where a small disk is mounted at the folder, seen by nobody else. */
const withSmallDisk = (...command: readonly string[]) => {
  const mounted = ['sh', '-c', 'mount -t tmpfs -o size=128k tmpfs "$0" && "$@"', folder]
  return spawnSync('unshare', ['--user', '--map-root-user', '--mount', ...mounted, ...command], { encoding: 'utf8' })
}

const possible = withSmallDisk('true').status === 0

describe.skipIf(!possible)(possible ? 'a full disk' : 'a full disk (skipped: no disk can be mounted here)', () => {
  it('takes none of the files that are written together, and keeps what is there', async () => {
    const program = mkdtempSync(join(tmpdir(), 'postern-full-program-'))
    const outfile = join(program, 'files-on-full-disk.mjs')
    const entryPoints = ['test/operations/files-on-full-disk.ts']
    await build({ entryPoints, bundle: true, platform: 'node', format: 'esm', outfile })
    const { stdout, stderr } = withSmallDisk(process.execPath, outfile, folder)
    rmSync(program, { recursive: true })
    rmSync(folder, { recursive: true })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [{ code: 'run/unwritable', facts: { file: 'access/new.yaml', why: 'the disk is full' } }],
      files: ['organization.yaml'],
      text: 'before',
    })
  })
})
