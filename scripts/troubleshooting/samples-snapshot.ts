import type { SnapshotFacts } from '../../src/diagnostics/snapshot-codes.ts'
import { acme, other, run } from './sample-names.ts'

const file = 'snapshot.json'
const key = 'ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
const takenAt = '2026-11-24T03:10:00.000Z'

/** Facts that show how the messages about snapshots read. */
export const snapshotSamples: SnapshotFacts = {
  'snapshot/unreadable': { file, why: 'it is not JSON' },
  'snapshot/newer-format': { file, version: '2.0' },
  'snapshot/altered': { file },
  'snapshot/other-organization': { file, id: other, wanted: acme },
  'snapshot/too-old': { file, takenAt, validUntil: '2026-11-26T03:10:00.000Z' },
  'snapshot/from-the-future': { file, takenAt },
  'snapshot/other-signer': { file, key, known: ['ed25519:PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw'] },
  'snapshot/any-signer': { key },
  'snapshot/signed-once': { key },
  'snapshot/weak-secret': { least: 32 },
  'snapshot/run-open': { run, at: takenAt },
  'snapshot/bad-duration': { value: '2 days' },
  'snapshot/cannot-tell': { names: ['sam@partner.example'] },
  'snapshot/not-applied': {},
  'org/not-in-snapshot': { what: 'the group `contractors`' },
}
