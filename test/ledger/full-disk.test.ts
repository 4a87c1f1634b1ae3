import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'postern-full-'))

/** Runs a command where a small disk is mounted at the folder, seen by nobody else. */
const withSmallDisk = (...command: readonly string[]) =>
  spawnSync(
    'unshare',
    [
      '--user',
      '--map-root-user',
      '--mount',
      'sh',
      '-c',
      'mount -t tmpfs -o size=128k tmpfs "$0" && "$@"',
      folder,
      ...command,
    ],
    { encoding: 'utf8' },
  )

const possible = withSmallDisk('true').status === 0

describe.skipIf(!possible)(possible ? 'a full disk' : 'a full disk (skipped: no disk can be mounted here)', () => {
  it('refuses what has no room, and leaves what was there whole', async () => {
    const program = mkdtempSync(join(tmpdir(), 'postern-full-program-'))
    const outfile = join(program, 'on-full-disk.mjs')
    await build({
      entryPoints: ['test/ledger/on-full-disk.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
    })
    const { stdout, stderr } = withSmallDisk(process.execPath, outfile, folder)
    rmSync(program, { recursive: true })
    rmSync(folder, { recursive: true })
    expect(stderr).toBe('')
    const line = { type: 'sending', at: '2026-11-24T08:00:00.000Z', step: 's', request: 1 }
    expect(JSON.parse(stdout)).toEqual({
      ends: Array(6).fill('ledger/unwritable: the disk is full'),
      whole: [{ policies: { a: '1' } }, [line], 'small'],
      after: ['done', 'done'],
      journal: [line, line],
    })
  })
})
