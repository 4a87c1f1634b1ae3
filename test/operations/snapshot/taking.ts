import type { Desired } from '../../../src/kinds/resource.ts'
import { foldEmail } from '../../../src/model/account.ts'
import type { Json } from '../../../src/model/json.ts'
import type { SavedPlan } from '../../../src/model/plan.ts'
import type { Snapshot, SnapshotMatch } from '../../../src/model/snapshot.ts'
import type { Outcome } from '../../../src/diagnostics/outcome.ts'
import { plan as makePlan } from '../../../src/operations/plan.ts'
import { namedIn } from '../../../src/operations/snapshot/named-in.ts'
import { pseudonyms, type Pseudonyms } from '../../../src/operations/snapshot/pseudonyms.ts'
import { takeSnapshot } from '../../../src/operations/snapshot/take-snapshot.ts'
import { isReading } from '../../../src/org/with-read-only.ts'
import { desiredOf } from '../console.ts'
import { valueOf, type Started } from '../start.ts'

export const signingSecret = 'a secret that is long enough to sign with'

/** Bytes that everybody can guess, so that a test knows which name stands for which. */
const bytes = (size: number): Uint8Array => new Uint8Array(size).fill(7)

/** A snapshot of an organization for the documents of a folder, as a trusted job takes it. Nothing is written to do so. */
export async function taken(
  started: Started,
  folder: string,
  match: SnapshotMatch = 'named',
  secret: string | undefined = signingSecret,
): Promise<Snapshot> {
  const { connection, ledger } = started
  const before = started.simulator.requests.length
  const snapshot = await takeSnapshot(await desiredOf(started, folder), {
    connection,
    ledger,
    now: started.now(),
    match,
    validMinutes: 2 * 1440,
    version: '0.0.0',
    secret,
    randomBytes: size => Promise.resolve(bytes(size)),
  })
  const writes = started.simulator.requests
    .slice(before)
    .filter(({ method, path }) => !isReading({ method: method as 'GET', path }))
  if (writes.length > 0) throw new Error('taking a snapshot wrote')
  return valueOf(snapshot)
}

/** A plan from a snapshot: with no network, and no ledger but the snapshot's. */
export const plannedFrom = async (
  { now, connection, ledger }: Started,
  folder: string,
  snapshot: Snapshot,
  allow: readonly string[] = [],
): Promise<Outcome<SavedPlan>> =>
  (
    await makePlan({
      folder,
      connection: {
        ...connection,
        transport: () => Promise.reject(new Error('a plan from a snapshot used the network')),
      },
      ledger: { ...ledger, read: () => Promise.reject(new Error('a plan from a snapshot read the ledger')) },
      now: now(),
      allow,
      snapshot: { snapshot, file: 'snapshot.json' },
    })
  ).outcome

/** The names that a snapshot of these documents gives. */
export const namesFor = (desired: Desired): Pseudonyms =>
  pseudonyms(namedIn(desired), {
    match: 'named',
    salt: Buffer.from(bytes(32)).toString('base64url'),
    secret: bytes(32),
  })

/** What a plan says of membership, coverage and guards, the same whether accounts have their own names in it or those of a snapshot. */
export function sameWords(plan: SavedPlan, names: Pseudonyms): Json {
  const { steps, unverified, inSync, guards, coverage, impact, wayBack, rollouts = [], desired } = plan
  const words = {
    steps: steps.map(({ id, status, dependsOn, channel, action, kind, name, direction, changes, accounts = [] }) => ({
      id,
      status,
      dependsOn,
      channel,
      action,
      kind,
      name,
      direction,
      changes,
      accounts: accounts.map(({ account, from, rule = null }) => ({ account: account.email, from, rule })),
    })),
    unverified: unverified.map(({ kind, name, path, state }) => ({ kind, name, path, state })),
    inSync: inSync.map(({ kind, name, path, value }) => ({ kind, name, path, value })),
    guards: guards.map(({ code, status, lift = '' }) => ({ code, status, lift })),
    coverage,
    impact: impact.map(({ code, certain, tokens = null, accounts }) => ({ code, certain, tokens, accounts })),
    wayBack,
    rollouts,
    members: Object.entries(desired.policyOf).map(([id, policy]) => ({
      account: id.startsWith('a-') ? id : names.accountId(id),
      policy,
    })),
  }
  return canonical(JSON.parse(JSON.stringify(words)) as Json, names)
}

function canonical(value: Json, names: Pseudonyms, under = ''): Json {
  if (typeof value === 'string') {
    if (under === 'accountId') return value.startsWith('a-') ? value : names.accountId(value)
    if (under === 'from') return value.startsWith('n-') ? value : names.name(value)
    return value.includes('@') ? localOf(value, names) : value
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(item => canonical(item, names, under))
    // The order is that of the addresses, which are others.
    return /^(accounts|members|admins|breakGlass|testUsers|excepted)$/.test(under)
      ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : items
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, canonical(part, names, key)]))
}

const localOf = (email: string, names: Pseudonyms): string => {
  const [local = ''] = email.split('@')
  return /^[0-9a-f]{16}$/.test(local) ? local : (names.account(foldEmail(email)).split('@')[0] ?? '')
}
