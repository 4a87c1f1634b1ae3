import type { SubjectEvent } from '../../drift/attribute.ts'
import { cellMeaning } from '../../evidence/cell-values.ts'
import type { Ledger, Sections } from '../../ledger/contract.ts'
import { foldEmail } from '../../model/account.ts'
import { compareText } from '../../model/address.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import type { SnapshotLedger } from '../../model/snapshot.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { toTheHour } from './to-the-hour.ts'
import { redacted, redactedDocuments } from './redact-document.ts'

/** By what an event may name a policy. */
export interface PolicyWords {
  readonly ids: ReadonlySet<string>
  readonly names: readonly string[]
}

/** What a plan reads of a ledger, without people in it. What they attested stays; who did does not. */
export async function redactedLedger(
  ledger: Ledger,
  names: Pseudonyms,
  policies: PolicyWords,
): Promise<SnapshotLedger> {
  const [organization, evidence, exports, bindings, applied, suspensions, declarations, audit] = await Promise.all([
    ledger.read('organization'),
    ledger.read('evidence'),
    ledger.read('exports'),
    ledger.read('bindings'),
    ledger.read('last-applied'),
    ledger.read('suspensions'),
    ledger.read('declarations'),
    ledger.read('audit'),
  ])
  return {
    ...(organization && { organization: { id: organization.id, name: organization.name } }),
    evidence: { facts: (evidence?.facts ?? []).map(fact => redactedFact(fact, names)) },
    exports: redactedExports(exports ?? {}, names),
    bindings: { policies: byName(bindings?.policies ?? {}, names) },
    ...(applied && { 'last-applied': redactedApplied(applied, names) }),
    suspensions: {
      accounts: byId(suspensions?.accounts ?? {}, names, ({ email, at, run, rule, restoredAt }) => ({
        email: names.account(email),
        at: toTheHour(at),
        run: names.name(run),
        ...(rule !== undefined && { rule }),
        ...(restoredAt !== undefined && { restoredAt: toTheHour(restoredAt) }),
      })),
    },
    declarations: { seen: declarations?.seen ?? {} },
    ...(audit && { audit: redactedAudit(audit, names, policies) }),
  }
}

function redactedFact(
  { address: { kind, name }, path, from, at, since, value }: Sections['evidence']['facts'][number],
  names: Pseudonyms,
): JsonObject {
  return {
    address: { kind, name: kind === 'ExternalUserPolicy' ? name : names.name(name) },
    path,
    from,
    at,
    ...(since !== undefined && { since }),
    value: redacted(value, names, path.split('.').at(-1)),
  }
}

function redactedExports({ members, accounts, externalUsers }: Sections['exports'], names: Pseudonyms): JsonObject {
  return {
    ...(members && {
      members: {
        at: members.at,
        policies: sorted(
          Object.entries(members.policies).map(
            ([name, emails]) => [names.name(name), emails.map(email => names.account(email)).sort()] as const,
          ),
        ),
      },
    }),
    ...(accounts && {
      accounts: {
        at: accounts.at,
        rows: rowsInOrder(
          accounts.rows.map(row => ({
            accountId: names.accountId(row['accountId'] ?? ''),
            ...Object.fromEntries(
              Object.keys(cellMeaning).flatMap(column => (row[column] === undefined ? [] : [[column, row[column]]])),
            ),
          })),
        ),
      },
    }),
    ...(externalUsers && {
      externalUsers: {
        at: externalUsers.at,
        rows: rowsInOrder(
          externalUsers.rows.map(({ accountId, email, lastActive }) => ({
            accountId: names.accountId(accountId),
            email: names.account(email),
            lastActive: toTheHour(lastActive),
          })),
        ),
      },
    }),
  }
}

const redactedApplied = (
  { run, at, digest, documents, policyOf }: Sections['last-applied'],
  names: Pseudonyms,
): JsonObject => ({
  run: names.name(run),
  at,
  digest: names.name(digest),
  documents: redactedDocuments(documents, names),
  policyOf: byId(policyOf, names, name => names.name(name)),
})

/**
 * Of an event stays what it is about. Which members its context has is not documented: of the texts in it only those stay that name a policy, and where there were others, that there were.
 */
function redactedAudit(
  { through, events }: Sections['audit'],
  names: Pseudonyms,
  { ids, names: policyNames }: PolicyWords,
): JsonObject {
  const called = new Map(policyNames.map(name => [foldEmail(name), names.name(name)]))
  const visit = (value: Json, found: Set<string>): Set<string> => {
    if (typeof value === 'string') found.add(ids.has(value) ? value : (called.get(foldEmail(value)) ?? 'other'))
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) visit(part, found)
    return found
  }
  return {
    through,
    events: (events as unknown as readonly SubjectEvent[]).map(
      ({ id, at, subject: { kind, what, name }, context }) => ({
        id,
        at,
        subject: { kind, what, ...(name !== undefined && { name }) },
        context: [...visit(context, new Set())].sort(),
      }),
    ),
  }
}

/** Sorted by what stands for the names: the order of the names themselves, or of their ids, would tell who is who. */
const sorted = <T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> =>
  Object.fromEntries([...entries].sort(([a], [b]) => compareText(a, b)))

const byName = (record: Readonly<Record<string, string>>, names: Pseudonyms): JsonObject =>
  sorted(Object.entries(record).map(([name, value]) => [names.name(name), value] as const))

const byId = <T>(record: Readonly<Record<string, T>>, names: Pseudonyms, value: (of: T) => Json): JsonObject =>
  sorted(Object.entries(record).map(([id, of]) => [names.accountId(id), value(of)] as const))

const rowsInOrder = <T extends { readonly accountId: string }>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((a, b) => compareText(a.accountId, b.accountId) || compareText(JSON.stringify(a), JSON.stringify(b)))
