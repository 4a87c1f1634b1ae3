import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { isGone, thisProcess, type ProcessIdentity } from '../../src/ledger/process-identity.ts'

const here = thisProcess()
const hasProc = existsSync('/proc/self/stat')
/** Larger than any number that Linux gives. */
const nobody = 2 ** 22 + 1

describe('a process', () => {
  it('has a host, a number and, where the system tells, a birth', () => {
    expect(here).toMatchObject({ host: hostname(), pid: process.pid })
    expect(here.process === undefined).toBe(!hasProc)
    expect(thisProcess()).toEqual(here)
  })

  it
    .skipIf(!hasProc)
    .each<readonly [string, boolean, (identity: ProcessIdentity & { readonly process: string }) => ProcessIdentity]>([
      ['itself', false, identity => identity],
      ['with a number that nobody has', true, identity => ({ ...identity, pid: nobody })],
      [
        'with a number that somebody else has now',
        true,
        identity => ({ ...identity, process: identity.process.replace(/\d+$/, '1') }),
      ],
      ['on another host', false, identity => ({ ...identity, pid: nobody, host: 'elsewhere' })],
      [
        'before the machine was started',
        false,
        identity => ({ ...identity, pid: nobody, process: identity.process.replace(/^[^/]*/, 'earlier') }),
      ],
      [
        'in another container',
        false,
        identity => ({ ...identity, pid: nobody, process: identity.process.replace(/\/\d+\//, '/1/') }),
      ],
      ['of which only host and number are known', false, ({ host }) => ({ host, pid: nobody })],
      ['with a number that is none', false, identity => ({ ...identity, pid: 0 })],
      ['with a number below all', false, identity => ({ ...identity, pid: -1 })],
    ])('%s: gone is %s', (_, gone, change) => {
    expect(isGone(change({ ...here, process: here.process ?? '' }))).toBe(gone)
  })

  it.skipIf(!hasProc)('is there while it runs and gone when it was killed, buried or not', async () => {
    // The shell does not bury its child: it becomes another program.
    const parent = spawn('sh', [
      '-c',
      `"${process.execPath}" -e 'setInterval(() => {}, 1000)' & echo $!; exec sleep 60`,
    ])
    const pid = Number(await new Promise(resolve => parent.stdout.once('data', text => resolve(String(text)))))
    const birth =
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^[\s\S]*\) /, '')
        .split(' ')[19] ?? ''
    const child = { ...here, pid, process: (here.process ?? '').replace(/\d+$/, birth) }
    expect(isGone(child)).toBe(false)
    process.kill(pid, 'SIGKILL')
    const ended = Date.now() + 5_000
    while (!isGone(child) && Date.now() < ended) await new Promise(resolve => setImmediate(resolve))
    expect(isGone(child)).toBe(true)
    expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /)
    parent.kill('SIGKILL')
  })
})
