import type { ApplyFacts } from '../../src/diagnostics/apply-codes.ts'
import type { ApprovalFacts } from '../../src/diagnostics/approval-codes.ts'
import type { LedgerFacts, StoreFacts } from '../../src/diagnostics/ledger-codes.ts'
import type { RunFacts } from '../../src/diagnostics/run-codes.ts'
import type { WatchFacts } from '../../src/diagnostics/watch-codes.ts'
import { acme, digest, laterRun, other, otherDigest, run } from './sample-names.ts'

const reading: StoreFacts = {
  task: 'read',
  object: 's3://acme-postern/ledger/evidence.json',
  name: 'Error',
  recorded: 'no',
}

/** Facts that show how the messages about the ledger read. */
export const ledgerSamples: LedgerFacts = {
  'ledger/garbled': {
    file: '.postern/evidence.json',
    why: 'it is not JSON',
    kept: { file: '.postern/previous/evidence.json', at: '2026-11-23T18:02:11.000Z' },
  },
  'ledger/newer': { file: '.postern/evidence.json', version: '2.0' },
  'ledger/unreadable': { file: '.postern/evidence.json', why: 'permission denied' },
  'ledger/unwritable': { file: '.postern/lock.json', why: 'the disk is full' },
  'ledger/busy': { file: '.postern/evidence.json', lock: '.postern/evidence.json.lock' },
  'ledger/other-organization': { place: '.postern', ledger: other, documents: acme },
  'ledger/unsupported': { place: 'gs://acme-postern' },
  'ledger/no-documents': { place: '.postern' },
  'ledger/no-run-name': { run: '../evidence' },
  'ledger/locked': {
    owner: 'alice',
    command: 'apply',
    run,
    host: 'runner-7',
    pid: 4711,
    seconds: 1260,
    here: false,
  },
  'ledger/no-sdk': {},
  'ledger/no-region': {},
  'ledger/bad-endpoint': { origin: 'http://storage.acme.example' },
  'ledger/no-conditions': { place: 's3://acme-postern/ledger/' },
  'ledger/no-credentials': { ...reading, name: 'CredentialsProviderError' },
  'ledger/denied': { ...reading, name: 'AccessDenied', status: 403 },
  'ledger/no-bucket': { ...reading, name: 'NoSuchBucket', status: 404 },
  'ledger/wrong-region': { ...reading, name: 'PermanentRedirect', status: 301 },
  'ledger/clock-skew': { ...reading, name: 'RequestTimeTooSkewed', status: 403 },
  'ledger/unreachable': { ...reading, name: 'ECONNREFUSED' },
  'ledger/store-failed': { ...reading, task: 'write', name: 'SlowDown', status: 503, recorded: 'maybe' },
}

const step = 'api/move/AuthenticationPolicy/Staff behind Okta'

/** Facts that show how the messages of apply, audit, revert and unlock read. */
export const applySamples: ApplyFacts = {
  'apply/accounts-refused': {
    policy: 'Staff behind Okta',
    action: 'move',
    refused: [{ account: 'jo@acme.com', why: 'is still in “Default policy”' }],
  },
  'apply/basis-moved': {
    step,
    moved: [{ what: 'the policy of jo@acme.com', from: 'Default policy', to: 'Contractors' }],
    who: 'lin@acme.com',
  },
  'apply/unfinished': { step, why: 'the task is still running' },
  'apply/interrupted': {},
  'apply/lock-taken-over': { run, owner: 'alice', pid: 4711 },
  'apply/continued': { run, by: 'alice', at: '2026-11-24T09:30:00.000Z', done: 2 },
  'apply/too-many-requests': { most: 20, left: 2, writes: 3 },
  'apply/other-digest': { wanted: digest, made: otherDigest },
  'apply/approved-elsewhere': { digest, approvals: [{ approver: 'bob', digest: otherDigest }] },
  'apply/left-open': { run, by: 'alice', at: '2026-11-24T09:30:00.000Z' },
  'audit/broken': { run, problem: 'it was changed after it was written: its digest is another' },
  'audit/other-head': { wanted: digest, head: otherDigest },
  'audit/no-runs': { place: '.postern' },
  'audit/not-in-chain': { run },
  'revert/unknown-run': { run: '2026-11-24', runs: [laterRun, run] },
  'revert/nothing': { run },
  'revert/unreadable': { run, why: 'the ledger does not hold the documents of the last apply' },
  'revert/not-reverted': {
    what: 'settings.idleSession of AuthenticationPolicy/Staff behind Okta',
    why: 'what it was before is not known',
  },
  'unlock/not-locked': {},
  'unlock/alive': { run, owner: 'alice', pid: 4711 },
  'unlock/other-run': { run, holder: laterRun },
}

/** Facts that show how the messages about the run itself read. */
export const runSamples: RunFacts = {
  'run/usage': { problem: "unknown option '--dryrun'", help: 'postern plan --help' },
  'run/unwritable': { file: 'reports/plan.html', why: 'it is not there' },
  'run/needs-consent': {},
  'run/declined': {},
  'run/no-ledger': { place: '.postern/' },
  'run/internal': { name: 'TypeError', at: '' },
  'simulate/bad-scenario': { file: 'scenario.json', why: 'it is not JSON' },
  'simulate/port-taken': { port: 8080, why: 'something else listens there' },
}

/** Facts that show how the messages of watch read. */
export const watchSamples: WatchFacts = {
  'watch/webhook-failed': { origin: 'https://hooks.acme.example', attempts: 5, status: 503, stopped: false },
  'watch/bad-webhook': { origin: 'http://hooks.acme.example', why: 'not-https' },
  'watch/cannot-listen': { host: '127.0.0.1', port: 9464, why: 'something else listens there' },
}

/** Facts that show how the messages about approvals read. */
export const approvalSamples: ApprovalFacts = {
  'approval/not-listed': { approver: 'alic', listed: ['alice', 'bob'], near: 'alice', proposed: false },
  'approval/author': { approver: 'alice', author: 'alice-gh' },
  'approval/unknown-author': {},
  'approval/plan-expired': { validUntil: '2026-11-23T09:30:00.000Z' },
  'approval/not-needed': {},
  'approval/bad-code': {},
  'approval/wrong-code': { approver: 'alice', left: 3 },
  'approval/used-code': { approver: 'alice' },
  'approval/paused': { approver: 'alice', until: '2026-11-24T12:15:00.000Z', wrong: true },
  'approval/needs-code': { approver: 'alice' },
  'approval/bad-otp': { place: 1 },
  'approval/twice': { approver: 'alice' },
  'approval/code-shown': {},
  'approval/no-secret': { approver: 'alice', variable: 'POSTERN_APPROVER_ALICE' },
  'approval/bad-secret': { from: 'POSTERN_APPROVER_ALICE', fault: 'not-base32' },
  'approval/secret-command': { approver: 'alice', why: 'it ended with 1' },
  'approval/reserved-name': { approver: 'command' },
  'approval/enrol-place': { where: 'ci' },
  'approval/not-proven': { approver: 'alice' },
}
