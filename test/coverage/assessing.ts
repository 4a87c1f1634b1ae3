import { assess, type AssessInput, type Assessed } from '../../src/coverage/assess.ts'
import { isCounted, type Counted } from '../../src/coverage/gaps.ts'
import { mfaDeclarations } from '../../src/coverage/mfa-declaration.ts'
import { declaredViews, liveViews } from '../../src/coverage/policy-view.ts'
import type { Live, LiveAccount, LiveObject } from '../../src/kinds/live.ts'
import type { Desired } from '../../src/kinds/resource.ts'
import type { LiveField } from '../../src/model/evidence.ts'
import type { Json } from '../../src/model/json.ts'
import { emptyLive } from '../engine/documents.ts'

export const now = new Date('2026-11-24T08:00:00.000Z')

/** A setting that somebody saw, a day ago unless told otherwise. */
export const seen = (path: string, value: Json, at = '2026-11-23T08:00:00.000Z'): readonly [string, LiveField] => [
  path,
  { state: 'known', value, evidence: { path, from: 'attestation', at, by: 'alice' } },
]

/** What is known of an object. */
export const known = (
  kind: string,
  name: string,
  ...fields: readonly (readonly [string, LiveField])[]
): LiveObject => ({
  address: { kind, name },
  exists: 'yes',
  ...(kind === 'AuthenticationPolicy' && { id: `id-${name}` }),
  fields: Object.fromEntries(fields),
})

/** An active account with an app. */
export const person = (email: string, rest: Partial<LiveAccount> = {}): LiveAccount => ({
  accountId: `id-${email}`,
  email,
  active: true,
  status: 'active',
  roles: [],
  products: ['jira'],
  ...rest,
})

/** A live organization of which only this is known. */
export const organization = (changes: Partial<Live>): Live => ({ ...emptyLive, ...changes })

/** What each account has to pass. */
export function assessed(desired: Desired, live: Live, changes: Partial<AssessInput> = {}) {
  const context = { now, mfa: mfaDeclarations(desired.organization.spec, {}, now) }
  const views = { now: liveViews(desired, live), declared: declaredViews(desired, live) }
  const nobody: ReadonlySet<string> = new Set()
  const assessment = assess({
    live,
    ...views,
    context,
    claimed: new Map(),
    suspended: nobody,
    restored: nobody,
    testUsers: desired.ExternalUserPolicy.find(({ spec }) => spec.name === 'test')?.spec.testUsers,
    ...changes,
  })
  return { ...assessment, ...views, context }
}

export const counted = (rows: readonly Assessed[]): readonly Counted[] => rows.filter(isCounted)
