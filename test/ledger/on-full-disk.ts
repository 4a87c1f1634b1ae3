// Fills the disk that FOLDER is on with a ledger: `node on-full-disk.mjs FOLDER`. Prints how each kind of writing ended, and whether what was there is whole.
import { writeFileSync, rmSync } from 'node:fs'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { LedgerError } from '../../src/ledger/ledger-error.ts'

const [folder = ''] = process.argv.slice(2)
const at = '2026-11-24T08:00:00.000Z'
const ledger = folderLedger(`${folder}/ledger`)
const long = 'x'.repeat(200_000)
const small = { policies: { a: '1' } }
const entry = { type: 'sending', at, step: 's', request: 1 } as const

async function end(work: Promise<void>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    return `${error.diagnostic.code}: ${(error.diagnostic.facts as { why?: string }).why ?? ''}`
  }
}

await ledger.update('bindings', () => small)
await ledger.journal.append('r', [entry])
await ledger.records.write('run', 'r', 'small')

// Room for a part of what is to be written: the system then takes that part, and says so only to whoever looks.
const ends = [
  await end(ledger.update('bindings', () => ({ policies: { a: long } }))),
  await end(ledger.journal.append('r', [{ ...entry, step: long }])),
  await end(ledger.records.write('run', 'r', long)),
]
// No room at all.
try {
  writeFileSync(`${folder}/filler`, Buffer.alloc(1_000_000))
} catch {
  // That is what it is for.
}
ends.push(
  await end(ledger.update('bindings', () => ({ policies: { b: '2' } }))),
  await end(ledger.journal.append('r', [{ ...entry, step: 'y'.repeat(5_000) }])),
  await end(ledger.records.write('run', 'r', 'other')),
)
const whole = [await ledger.read('bindings'), await ledger.journal.read('r'), await ledger.records.read('run', 'r')]
rmSync(`${folder}/filler`)
const after = [
  await end(ledger.update('bindings', before => ({ policies: { ...before?.policies, c: '3' } }))),
  await end(ledger.journal.append('r', [entry])),
]
process.stdout.write(JSON.stringify({ ends, whole, after, journal: await ledger.journal.read('r') }))
