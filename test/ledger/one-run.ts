// A run as a program of its own: `node one-run.mjs FOLDER RUN TIMES`. Holds the lock, records, lets go, again and again, and prints what it has surely
// recorded. While it holds the lock it says so in the file `holders` beside the ledger.
import { appendFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { LedgerError } from '../../src/ledger/ledger-error.ts'
import { isGone, thisProcess } from '../../src/ledger/process-identity.ts'
import { acquireLock, releaseLock } from '../../src/ledger/run-lock.ts'

const [folder = '', run = '', times = ''] = process.argv.slice(2)
const at = '2026-11-24T08:00:00.000Z'
const ledger = folderLedger(folder)

async function acquired(): Promise<void> {
  for (;;) {
    try {
      await acquireLock(ledger, { run, command: 'apply', owner: 'test', ...thisProcess(), at }, { isGone })
      return
    } catch (error) {
      if (!(error instanceof LedgerError) || error.diagnostic.code !== 'ledger/locked') throw error
      await delay(3)
    }
  }
}

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

for (let time = 1; time <= Number(times); time++) {
  const begun = Date.now()
  await acquired()
  const waited = Date.now() - begun
  appendFileSync(`${folder}.holders`, `${run} in\n`)
  await ledger.journal.append(run, [{ type: 'sending', at, step: 's', request: time }])
  await ledger.update('bindings', before => ({
    policies: {
      ...before?.policies,
      all: String(Number(before?.policies['all'] ?? 0) + 1),
      [run]: String(time),
    },
  }))
  await ledger.records.write('run', run, `{"time":${time}}`)
  appendFileSync(`${folder}.holders`, `${run} out\n`)
  await releaseLock(ledger, run)
  say({ time, waited })
}
