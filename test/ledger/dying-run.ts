// One run that is killed before its operation number DIE_AT: `node dying-run.mjs FOLDER`. Prints how many operations it has where it lives.
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { isGone, thisProcess } from '../../src/ledger/process-identity.ts'
import { acquireLock, releaseLock } from '../../src/ledger/run-lock.ts'
import { operationCount } from './dying-fs.ts'

const at = '2026-11-24T08:00:00.000Z'
const ledger = folderLedger(process.argv[2] ?? '')
await acquireLock(ledger, { run: 'dying', command: 'apply', owner: 'test', ...thisProcess(), at }, { isGone })
await ledger.journal.append('dying', [{ type: 'sending', at, step: 's', request: 0 }])
await ledger.journal.append('dying', [{ type: 'end', at }])
await ledger.update('bindings', before => ({ policies: { ...before?.policies, dying: 'id' } }))
await ledger.records.write('run', 'dying', '{"whole":true}')
await releaseLock(ledger, 'dying')
process.stdout.write(String(operationCount()))
