import { consoleFieldsOf } from '../kinds/console-fields.ts'
import type { Address } from '../model/address.ts'
import type { Evidence, LiveField } from '../model/evidence.ts'
import type { Json } from '../model/json.ts'
import { footOf, type Missing } from './comments.ts'
import type { DraftMember, LeftOut, Unobserved } from './draft.ts'
import type { Refusal } from './refusal.ts'

/** The console fields of one object: what goes into its document, and what does not. */
export interface ObservedFields {
  readonly members: readonly DraftMember[]
  readonly unobserved: readonly Unobserved[]
  readonly leftOut: readonly LeftOut[]
  /** What to say below the document. */
  readonly foot: readonly string[]
}

/** Takes what current evidence shows, and names what it does not show. */
export function observedFields(
  address: Address,
  fields: Readonly<Record<string, LiveField>>,
  refusal: Refusal,
): ObservedFields {
  // An export shows all that it can at once: what it did not show, another one will not.
  const isExported = Object.values(fields).some(field => field.state === 'known' && field.evidence.from === 'export')
  const leaves: (readonly [path: string, value: Json, comment: string])[] = []
  const missing: Missing[] = []
  const leftOut: LeftOut[] = []
  for (const [path, { label, export: exported }] of consoleFieldsOf(address)) {
    const field = fields[path] ?? { state: 'unknown' }
    const refused = field.state === 'known' ? refusal(address.kind, path, field.value) : undefined
    if (refused !== undefined)
      leftOut.push({ address, path, why: `a document cannot hold what was observed: ${refused}` })
    else if (field.state === 'known') leaves.push([path, field.value, seen(field.evidence)])
    else if (isWorthAsking(address, path, fields))
      missing.push({
        path,
        label,
        by: exported === undefined || isExported ? 'attestation' : 'export',
        ...(field.state === 'stale' && { field }),
      })
  }
  return {
    members: nested(leaves),
    unobserved: missing.map(({ path, label, by }) => ({ address, path, label, by })),
    leftOut,
    foot: footOf(address, missing),
  }
}

/** What evidence says, in the words behind a value. */
function seen({ from, at, by }: Evidence): string {
  const day = at.slice(0, 10)
  return from === 'attestation' ? `attested${by === undefined ? '' : ` by ${by}`}, ${day}` : `${from}, ${day}`
}

/** The default flag is spoken of once for all policies, and an identity provider is chosen only where single sign-on is on. */
function isWorthAsking({ kind }: Address, path: string, fields: Readonly<Record<string, LiveField>>): boolean {
  if (path === 'default') return false
  if (path !== 'settings.identityProvider') return true
  const method = fields[kind === 'AuthenticationPolicy' ? 'settings.singleSignOn' : 'settings.authorizationMethod']
  return method?.state === 'known' && (method.value === 'enforced' || method.value === 'single-sign-on')
}

/** Values at dotted paths as members in members, in the order in which they come. */
function nested(leaves: readonly (readonly [path: string, value: Json, comment: string])[]): readonly DraftMember[] {
  const inner = new Map<string, (readonly [path: string, value: Json, comment: string])[]>()
  const members: DraftMember[] = []
  for (const [path, value, comment] of leaves) {
    const [key = '', ...rest] = path.split('.')
    if (rest.length === 0) members.push({ key, value, comment })
    else {
      const own = inner.get(key) ?? []
      if (own.length === 0) members.push({ key, value: [] })
      own.push([rest.join('.'), value, comment])
      inner.set(key, own)
    }
  }
  return members.map(member =>
    inner.has(member.key) ? { key: member.key, value: nested(inner.get(member.key) ?? []) } : member,
  )
}
