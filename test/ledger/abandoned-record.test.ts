import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { thisProcess } from '../../src/ledger/process-identity.ts'
import { temporaryFolder } from '../operations/start.ts'

/** A process of this machine that is gone: a number that Linux never gives. */
const dead = { ...thisProcess(), pid: 2 ** 22 + 1 }

/** What a run leaves that is killed while it writes a record: the lock that it held, or the one that it prepared. */
async function leave(folder: string, lock: string, holder: object): Promise<void> {
  await mkdir(join(folder, lock), { recursive: true })
  await writeFile(join(folder, lock, 'mark.json'), JSON.stringify(holder))
  await writeFile(join(folder, lock, 'mark.next'), 'addresses of people')
}

describe('what a killed run was writing', () => {
  it.each([
    ['runs', 'a-run.json.lock'],
    ['recovery', 'a-run.md.lock'],
    ['runs', 'a-run.json.lock.mark'],
  ])('leaves nothing in %s once another run writes one: %s', async (place, lock) => {
    const folder = await temporaryFolder()
    await leave(join(folder, place), lock, dead)
    await folderLedger(folder).records.write('run', 'b-run', '{}')
    expect(await readdir(join(folder, place))).toEqual(place === 'runs' ? ['b-run.json'] : [])
  })

  it.each(['suspensions.json.lock', 'suspensions.json.lock.mark'])(
    'is removed beside any section once another is written: %s',
    async lock => {
      const folder = await temporaryFolder()
      await leave(folder, lock, dead)
      await folderLedger(folder).update('evidence', () => ({ facts: [] }))
      expect(await readdir(folder)).toEqual(['evidence.json'])
    },
  )

  it('is removed by each run that takes the lock, by however old a process', async () => {
    const folder = await temporaryFolder()
    const ledger = folderLedger(folder)
    await ledger.update('evidence', () => ({ facts: [] }))
    await leave(folder, 'bindings.json.lock.mark', dead)
    await ledger.update('evidence', () => ({ facts: [] }))
    expect(await readdir(folder)).toContain('bindings.json.lock.mark')
    await ledger.update('lock', () => ({ holder: null }))
    expect(await readdir(folder)).not.toContain('bindings.json.lock.mark')
  })

  it('is left to a process that lives', async () => {
    const folder = await temporaryFolder()
    await leave(join(folder, 'runs'), 'a-run.json.lock', thisProcess())
    await folderLedger(folder).records.write('run', 'b-run', '{}')
    expect(await readdir(join(folder, 'runs'))).toContain('a-run.json.lock')
  })
})
