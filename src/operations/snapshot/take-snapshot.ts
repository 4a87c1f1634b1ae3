import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import { kinds } from '../../kinds/index.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { Ledger } from '../../ledger/contract.ts'
import { compareText, parseAddress } from '../../model/address.ts'
import type { Snapshot, SnapshotMatch } from '../../model/snapshot.ts'
import type { OrgReader } from '../../org/reader.ts'
import { attempt } from '../attempt.ts'
import { reading, type Connection } from '../connection.ts'
import { readLedger, type LedgerState } from '../ledger-state.ts'
import { defaultLastActive, readLive, type LiveRead } from '../read-live.ts'
import { namedIn } from './named-in.ts'
import { pseudonyms } from './pseudonyms.ts'
import { readOnce } from '../read-once.ts'
import { emptyRecording, recordingReader } from './recording-reader.ts'
import { redactedLedger } from './redact-ledger.ts'
import { redactedRecording } from './redact-recording.ts'
import { publicKeyOf, signed, signingKey } from './signature.ts'
import { turnsOf } from './turns.ts'

export interface SnapshotOptions {
  readonly connection: Connection
  readonly ledger: Ledger
  readonly now: Date
  readonly match: SnapshotMatch
  /** How long it may be planned from. */
  readonly validMinutes: number
  /** The version of this program. */
  readonly version: string
  /** The secret to sign with; undefined: a key is made for this once. */
  readonly secret: string | undefined
  readonly randomBytes: (size: number) => Promise<Uint8Array>
}

/** Reads what plans of these documents, and of documents like them, need, and puts other names on it. Only reads. */
export async function takeSnapshot(desired: Desired, options: SnapshotOptions): Promise<Outcome<Snapshot>> {
  const { connection, now, match } = options
  const ledger = readOnce(options.ledger)
  const recording = emptyRecording()
  const read = await attempt(async () => {
    const state = await readLedger(ledger)
    return reading(connection, desired.organization.spec.id, async client => {
      const reader = recordingReader(client, recording)
      const live = await readLive(reader, desired, state, now)
      if (live.ok) await readMore(reader, live.value, match)
      return { state, live }
    })
  })
  if (!read.ok) return read
  const { state, live } = read.value
  if (!live.ok) return live
  if (state.open !== undefined)
    return failed(diagnostic('snapshot/run-open', { run: state.open.run, at: state.open.at }))
  const [salt, secret, once] = [
    await options.randomBytes(32),
    await options.randomBytes(32),
    await options.randomBytes(32),
  ]
  const named = namedIn(desired)
  const compared = new Set([...named, ...appliedAllowlists(state)])
  const names = pseudonyms(named, { match, salt: Buffer.from(salt).toString('base64url'), secret })
  const content = {
    formatVersion: '1.0' as const,
    organization: live.value.live.organization,
    takenAt: now.toISOString(),
    validUntil: new Date(now.getTime() + options.validMinutes * 60_000).toISOString(),
    version: options.version,
    match,
    salt: Buffer.from(salt).toString('base64url'),
    ...redactedRecording(recording, names, name => match === 'everyone' || compared.has(name)),
    turns: turnsOf(desired, live.value, state, names),
    ledger: await redactedLedger(ledger, names, policyWords(live.value)),
  }
  const key = signingKey(options.secret ?? once)
  const snapshot = signed({ ...content, known: names.known(), answered: names.answered() }, key)
  return outcome(
    snapshot,
    options.secret === undefined ? [diagnostic('snapshot/signed-once', { key: publicKeyOf(key) })] : [],
  )
}

/**
 * What may matter to a change of the documents, though not to them as they are: whether there is Guard, which allowlists there are; and for everyone, every group, every allowlist and every date that
 * is not too many to ask for.
 */
async function readMore(reader: OrgReader, { live }: LiveRead, match: SnapshotMatch): Promise<void> {
  const everything = match === 'everyone'
  await attempt(() => reader.eventActions())
  await attempt(async () => kinds.IpAllowlist.observe?.(reader, everything ? 'all' : new Set()))
  if (!everything) return
  const groups: string[] = []
  for await (const page of reader.groups()) groups.push(...page.map(({ id }) => id))
  for (const id of groups) await readToTheEnd(reader.users({ groupIds: [id], expand: [] }))
  const unknown = live.externals.filter(({ accountId }) => !live.activity.has(accountId)).slice(0, defaultLastActive)
  await Promise.all(unknown.map(({ accountId }) => attempt(() => reader.lastActive(accountId))))
}

/** What is asked for is remembered by the reader. */
async function readToTheEnd(pages: AsyncIterable<unknown>): Promise<void> {
  const reading = pages[Symbol.asyncIterator]()
  while ((await reading.next()).done !== true);
}

/** Allowlists that were applied once may have to be deleted: they are compared whole. */
const appliedAllowlists = ({ lastApplied }: LedgerState): readonly string[] =>
  Object.keys(lastApplied?.documents ?? {}).flatMap(key => {
    const address = parseAddress(key)
    return address?.kind === 'IpAllowlist' ? [address.name] : []
  })

const policyWords = ({ bindings, live }: LiveRead) => ({
  ids: new Set(live.accounts.flatMap(({ policyId }) => policyId ?? [])),
  names: [...new Set([...bindings.ids.keys(), ...live.policyNames.values()])].sort(compareText),
})
