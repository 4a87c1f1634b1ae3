/** What an action of the audit log is about. */
export interface EventSubject {
  readonly kind: 'AuthenticationPolicy' | 'ExternalUserPolicy' | 'IpAllowlist'
  /** Its settings, who is in it, or what an account can reach. */
  readonly what: 'settings' | 'members' | 'access'
  /** Which of the two external policies, where the action tells. */
  readonly name?: 'external' | 'test'
}

/** An action as `/event-actions` lists it. */
export interface ListedAction {
  readonly id: string
  readonly displayName?: string
  readonly groupDisplayName?: string
}

/**
 * What the actions of an organization's audit log are about. **Inferred**, and only here: Atlassian does not document the ids of policy edits (ref 2.5, 10.5), so the words
 * of id, name and group are looked at. An action that is not understood is left out; that a difference has no event proves nothing.
 */
export function eventSubjects(actions: readonly ListedAction[]): ReadonlyMap<string, EventSubject> {
  return new Map(
    actions.flatMap(action => {
      const subject = subjectOf(action)
      return subject === undefined ? [] : [[action.id, subject] as const]
    }),
  )
}

function subjectOf({ id, displayName = '', groupDisplayName = '' }: ListedAction): EventSubject | undefined {
  const own = words(`${id} ${displayName}`)
  const all = words(`${id} ${displayName} ${groupDisplayName}`)
  const edits = /\b(changed?|updated?|edited?|created?|deleted?|removed?|added|moved?)\b/.test(own)
  if (/\bexternal\b/.test(own) && /\bpolic(y|ies)\b/.test(own))
    return edits
      ? { kind: 'ExternalUserPolicy', what: 'settings', name: /\btest\b/.test(own) ? 'test' : 'external' }
      : undefined
  if (/\bauth(entication)?\b/.test(own) && /\bpolic(y|ies)\b/.test(own)) {
    if (!edits) return undefined
    return { kind: 'AuthenticationPolicy', what: /\b(members?|users?|accounts?)\b/.test(own) ? 'members' : 'settings' }
  }
  if (/\b(suspended|restored)\b/.test(own) && /\b(user|account|access)\b/.test(own))
    return { kind: 'ExternalUserPolicy', what: 'access' }
  if (
    /\b(ip )?allow ?lists?\b/.test(own) ||
    (/^policy (created|updated|deleted)\b/.test(own) && !/\bgroups?\b/.test(all))
  )
    return { kind: 'IpAllowlist', what: 'settings' }
  return undefined
}

const words = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
