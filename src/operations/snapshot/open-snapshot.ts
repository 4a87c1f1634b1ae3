import { readFile } from 'node:fs/promises'
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { fileReason } from '../../diagnostics/file-reason.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { Ledger } from '../../ledger/contract.ts'
import { compareText } from '../../model/address.ts'
import { isObject } from '../../model/json.ts'
import type { PlanSnapshot } from '../../model/plan.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import type { OrgReader } from '../../org/reader.ts'
import { turnBy } from '../../engine/rollout.ts'
import { sha256 } from '../hash.ts'
import { isSnapshot } from './read-content.ts'
import { namedIn } from './named-in.ts'
import { resolveNames, type Resolved } from './resolve-names.ts'
import { isIntact } from './signature.ts'
import { snapshotLedger } from './snapshot-ledger.ts'
import { snapshotReader } from './snapshot-reader.ts'

/** A snapshot in the place of the organization and the ledger. */
export interface OpenSnapshot {
  readonly reader: OrgReader
  readonly ledger: Ledger
  /** What a share of a policy takes first. */
  readonly turn: (policy: string, accountId: string) => string
  readonly shown: PlanSnapshot
}

/** A clock of another machine may be so far ahead. */
const toleratedSkew = 5 * 60_000

/** Reads a snapshot file. Whether it is to be believed, `openSnapshot` says, once the documents are known. */
export async function readSnapshot(path: string, file: string): Promise<Outcome<Snapshot>> {
  const unreadable = (why: string) => failed(diagnostic('snapshot/unreadable', { file, why }))
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    return unreadable(error instanceof SyntaxError ? 'it is not JSON' : fileReason(error))
  }
  if (!isObject(value) || typeof value['formatVersion'] !== 'string') return unreadable('it is no snapshot')
  if (!value['formatVersion'].startsWith('1.'))
    return failed(diagnostic('snapshot/newer-format', { file, version: value['formatVersion'] }))
  const snapshot = value as unknown as Snapshot
  if (!isSnapshot(value)) return unreadable('it lacks what a snapshot has')
  return isIntact(snapshot) ? outcome(snapshot, []) : failed(diagnostic('snapshot/altered', { file }))
}

/** Verifies a snapshot for these documents and puts their names back into it. `named` are further documents that will be planned from it. */
export function openSnapshot(
  snapshot: Snapshot,
  desired: Desired,
  { file, now, also = [] }: { readonly file: string; readonly now: Date; readonly also?: readonly Desired[] },
): Outcome<OpenSnapshot> {
  const { signature, ...content } = snapshot
  const { takenAt, validUntil, organization } = content
  const trust = trusted(file, signature.publicKey, desired)
  const wanted = desired.organization.spec.id
  const problems: readonly Diagnostic[] = [
    ...(organization.id.toLowerCase() === wanted.toLowerCase()
      ? []
      : [diagnostic('snapshot/other-organization', { file, id: organization.id, wanted })]),
    ...(Date.parse(takenAt) > now.getTime() + toleratedSkew
      ? [diagnostic('snapshot/from-the-future', { file, takenAt })]
      : []),
    ...(Date.parse(validUntil) < now.getTime() ? [diagnostic('snapshot/too-old', { file, takenAt, validUntil })] : []),
    ...(trust.ok ? [] : trust.diagnostics),
  ]
  if (!trust.ok || problems.length > 0) return failed(...problems)
  const resolved = resolveNames(content, new Set([desired, ...also].flatMap(documents => [...namedIn(documents)])))
  const turns = new Map(Object.entries(resolved.content.turns).map(([policy, ids]) => [policy, new Set(ids)]))
  return outcome(
    {
      reader: snapshotReader(resolved.content),
      ledger: snapshotLedger(file, resolved.content.ledger),
      turn: (policy, accountId) =>
        `${turns.get(policy)?.has(accountId) === true ? 0 : 1}${turnBy(sha256)(policy, accountId)}`,
      shown: { takenAt, validUntil, signedBy: signature.publicKey, trusted: trust.value },
    },
    [...trust.diagnostics, ...unknownNames(resolved, desired)],
  )
}

/** Whether the documents name the key. Where they name none, anybody’s will do, and that is said. */
function trusted(file: string, key: string, { organization: { spec, locate } }: Desired): Outcome<boolean> {
  const known = spec.snapshots?.signedBy ?? []
  if (known.length === 0) return outcome(false, [diagnostic('snapshot/any-signer', { key })])
  if (known.includes(key)) return outcome(true, [])
  return failed(diagnostic('snapshot/other-signer', { file, key, known }, { span: locate(['snapshots', 'signedBy']) }))
}

/** What only these documents name: where it is cannot be told. */
function unknownNames({ canTell }: Resolved, desired: Desired): readonly Diagnostic[] {
  const { organization, AuthenticationPolicy, ExternalUserPolicy, Exception } = desired
  const { spec } = organization
  const accounts = [
    ...(spec.breakGlass ?? []).map(entry => (typeof entry === 'string' ? entry : entry.account)),
    ...(spec.runner?.keyOwner === undefined ? [] : [spec.runner.keyOwner]),
    ...AuthenticationPolicy.flatMap(({ spec: { members } }) => [
      ...(members?.accounts ?? []),
      ...(members?.except?.accounts ?? []),
    ]),
    ...ExternalUserPolicy.flatMap(({ spec: { testUsers = [] } }) => testUsers),
    ...Exception.flatMap(({ spec: { account } }) => account ?? []),
  ]
  const domains = [
    ...(spec.domains ?? []),
    ...AuthenticationPolicy.flatMap(({ spec: { members } }) => [
      ...(members?.domains ?? []),
      ...(members?.except?.domains ?? []),
    ]),
    ...ExternalUserPolicy.flatMap(({ spec: { access } }) => access?.allowedDomains ?? []),
    ...desired.CoverageRequirement.flatMap(({ spec: { population } }) => population.domains ?? []),
  ]
  const names = [
    ...AuthenticationPolicy.flatMap(({ spec: { name, id } }) => (id === undefined ? [name] : [])),
    ...desired.IpAllowlist.map(({ spec: { name } }) => name),
  ]
  const unknown = new Set([
    ...accounts.filter(email => !canTell('account', email)),
    ...domains.filter(domain => !canTell('domain', domain)),
    ...names.filter(name => !canTell('name', name)),
  ])
  return unknown.size === 0 ? [] : [diagnostic('snapshot/cannot-tell', { names: [...unknown].sort(compareText) })]
}
