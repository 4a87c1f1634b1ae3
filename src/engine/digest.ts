import canonicalize from 'canonicalize'
import { resolvedKinds } from '../kinds/index.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import type { Json } from '../model/json.ts'
import type { Plan, Step } from '../model/plan.ts'

/** SHA-256 of a text, in hexadecimal. Given from outside: nothing here touches the platform. */
export type Hash = (text: string) => string

/** The fingerprint of a JSON value, whatever the order of its members (RFC 8785). */
export const fingerprint =
  (hash: Hash) =>
  (value: Json): string =>
    hash(canonicalize(value) ?? 'null')

/** Over the resolved documents without their places: a comment or another order of files does not change it. */
export const desiredDigest = (hash: Hash, desired: Desired): string =>
  documentsDigest(
    hash,
    resolvedKinds.flatMap(kind => (desired[kind] as readonly Resource[]).map(({ spec }) => spec as unknown as Json)),
  )

/** The same over documents by themselves, each kind sorted by name. */
export const documentsDigest = (hash: Hash, documents: readonly Json[]): string => fingerprint(hash)(documents)

/** What a step promises, without what only explains it. */
const promise = ({
  id,
  dependsOn,
  channel,
  action,
  kind,
  name,
  changes,
  accounts,
  requests,
  console: page,
  basis,
}: Step): Json => ({
  id,
  dependsOn,
  channel,
  action,
  kind,
  name,
  changes: changes as unknown as Json,
  ...(accounts && { accounts: accounts as unknown as Json }),
  ...(requests && { requests: requests as unknown as Json }),
  ...(page && { settings: page.settings as unknown as Json }),
  ...(basis !== undefined && { basis }),
})

/** Names a plan: two plans with one digest do the same to the same organization. */
export const planDigest = (
  hash: Hash,
  plan: Pick<Plan, 'formatVersion' | 'organization' | 'desiredDigest' | 'steps'>,
): string =>
  fingerprint(hash)({
    formatVersion: plan.formatVersion,
    organization: plan.organization,
    desiredDigest: plan.desiredDigest,
    steps: plan.steps.map(promise),
  })
