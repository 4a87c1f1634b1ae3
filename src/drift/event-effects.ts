import type { KeptCollection } from '../model/drift.ts'
import { isObject, type Json } from '../model/json.ts'
import type { ListedAction } from './event-subjects.ts'

/**
 * What an action may have changed of what is kept from an earlier reading. `nothing`: none of what Postern reads. `other`: what every check reads anyway. `account`: what is known of one account.
 * `membership`: one account, and the groups it is in. `policies`: which policy accounts are in, or what policies are called. `groups`: which groups there are. `group-members`: who is in a group, and
 * what those accounts reach by it. `everyone`: anything of anybody. `unknown`: nobody knows the action, so anything.
 */
export type EventEffect =
  'nothing' | 'other' | 'account' | 'membership' | 'policies' | 'groups' | 'group-members' | 'everyone' | 'unknown'

/** What has to be read again after an event. */
export interface Touched {
  /** None, those that the event names, or all. */
  readonly accounts: 'none' | 'named' | 'all'
  readonly policies: boolean
  readonly groups: boolean
}

const none: Touched = { accounts: 'none', policies: false, groups: false }
const all: Touched = { accounts: 'all', policies: true, groups: true }

/** What has to be read again after an event of each kind. The policy of an account that is read again is always asked for, too. */
export const touchedBy: Readonly<Record<EventEffect, Touched>> = {
  nothing: none,
  other: none,
  account: { ...none, accounts: 'named' },
  membership: { accounts: 'named', policies: false, groups: true },
  policies: { ...none, policies: true },
  groups: { ...none, groups: true },
  // Groups grant roles and apps: who joins one may reach more.
  'group-members': { accounts: 'named', policies: false, groups: true },
  everyone: all,
  unknown: all,
}

/**
 * What the actions of an organization's audit log may have changed, by their ids. **Inferred**, and only here: Atlassian does not document what each action means (ref 2.5, 10.5), so the words of id and
 * name are looked at. Whoever adds words here must be sure: an event that is taken for harmless leaves a change unseen until everything is read.
 */
export const eventEffects = (actions: readonly ListedAction[]): ReadonlyMap<string, EventEffect> =>
  new Map(actions.map(action => [action.id, effectOf(wordsOf(action))]))

const content =
  /\b(pages?|blog ?posts?|whiteboards?|spaces?|issues?|projects?|boards?|sprints?|workflows?|repositor(y|ies)|pull requests?|comments?|attachments?)\b/
const looking = /\b(log ?in|log ?out|logged (in|out)|signed (in|out)|viewed|exported|searched|downloaded)\b/
const editing =
  /\b(created?|invited?|removed?|deleted?|added|suspended|restored|deactivated|reactivated|activated|disabled|enabled|turned|granted|revoked|assigned|unassigned|changed?|updated?|edited|renamed|moved?|merged|claimed|unclaimed|released|lapsed|verified|scheduled|cancelled|reset|linked|unlinked|synced)\b/
const readAnyway = /\b(tokens?|api keys?|allow ?lists?)\b/
const secret = /\b(passwords?|sessions?)\b/
const policy = /\bpolic(y|ies)\b/
const external = /\bexternal\b/
const domain = /\bdomains?\b/
const group = /\bgroups?\b/
const person = /\b(users?|accounts?|members?)\b/
const secondFactor = /\b(twosv|2sv|2fa|mfa|two ?step|two ?factor)\b/
const right = /\b(roles?|admins?|permissions?|(product|app|site) access)\b/
const given = /\b(granted|assigned|added)\b/
const standing = /\b(suspended|restored|deactivated|reactivated)\b/
const taken = /\b(revoked|unassigned|removed)\b/

function effectOf(words: string): EventEffect {
  const edits = editing.test(words)
  // Whatever else is named with it: who is let in or shut out comes first.
  if (standing.test(words) && person.test(words)) return effectOnAccount(words)
  if (content.test(words)) return 'nothing'
  if (looking.test(words) && !edits) return 'nothing'
  if (readAnyway.test(words)) return 'other'
  if (policy.test(words)) return external.test(words) ? 'other' : edits ? 'policies' : 'unknown'
  if (secret.test(words)) return 'nothing'
  if (!edits) return 'unknown'
  if (domain.test(words)) return 'everyone'
  if (group.test(words)) return effectOnGroup(words)
  if (secondFactor.test(words)) return 'account'
  if (right.test(words)) return given.test(words) || taken.test(words) ? 'account' : 'unknown'
  return person.test(words) ? effectOnAccount(words) : 'unknown'
}

function effectOnGroup(words: string): EventEffect {
  if (/\b(granted|revoked|assigned|unassigned)\b/.test(words) || right.test(words)) return 'everyone'
  if (person.test(words)) return 'group-members'
  // Its members lose what it granted, and no event names them.
  if (/\b(deleted?|removed?|merged)\b/.test(words)) return 'everyone'
  return 'groups'
}

function effectOnAccount(words: string): EventEffect {
  if (
    /\b(created?|invited?|added|removed?|deleted?|deletion|deactivated|reactivated|activated|merged|claimed|unclaimed|released)\b/.test(
      words,
    )
  )
    return 'membership'
  return /\b(suspended|restored|profile|e ?mail|address|name)\b/.test(words) ? 'account' : 'unknown'
}

/** A kind of change, in words that end *the audit log has no action for …*, and whether an action is about it. */
interface Change {
  readonly words: string
  readonly isOf: (effect: EventEffect, words: string) => boolean
}

const ofAccount = (words: string, verb: RegExp): Change => ({
  words,
  isOf: (effect, own) => effect === 'membership' && verb.test(own),
})

const ofAccess = (words: string, verb: RegExp): Change => ({
  words,
  isOf: (effect, own) => effect === 'account' && person.test(own) && verb.test(own),
})

const ofRole = (words: string, verb: RegExp): Change => ({
  words,
  isOf: (effect, own) => effect === 'account' && /\b(roles?|permissions?)\b/.test(own) && verb.test(own),
})

const ofAdmin = (words: string, verb: RegExp): Change => ({
  words,
  isOf: (effect, own) => effect === 'account' && /\b(org|organization) admins?\b/.test(own) && verb.test(own),
})

const ofSecondFactor = (words: string, verb: RegExp): Change => ({
  words,
  isOf: (effect, own) => effect === 'account' && secondFactor.test(own) && verb.test(own),
})

const ofPolicy = (words: string, verb: RegExp): Change => ({
  words,
  isOf: (effect, own) => effect === 'policies' && /\bauth(entication)?\b/.test(own) && verb.test(own),
})

const ofGroup = (words: string, effects: readonly EventEffect[], verb: RegExp): Change => ({
  words,
  isOf: (effect, own) => effects.includes(effect) && group.test(own) && verb.test(own),
})

/** The kinds of change that the log must have actions for, before no event counts as no change. */
const changes: Readonly<Record<KeptCollection, readonly Change[]>> = {
  accounts: [
    ofAccount('creating or inviting an account', /\b(created?|invited?)\b/),
    ofAccount('removing an account', /\b(removed?|deleted?)\b/),
    ofAccess('suspending access', /\bsuspended\b/),
    ofAccess('restoring access', /\brestored\b/),
    ofAccount('deactivating an account', /\bdeactivated\b/),
    ofAccount('reactivating an account', /\b(reactivated|activated)\b/),
    ofAccount('scheduling the deletion of an account', /\bdeletion\b/),
    ofAccess('changing the address or the profile of an account', /\b(profile|e ?mail|address)\b/),
    ofRole('granting a role', given),
    ofRole('revoking a role', taken),
    ofAdmin('making an organization admin', given),
    ofAdmin('removing an organization admin', taken),
    ofSecondFactor('turning two-step verification on', /\b(enabled|turned on)\b/),
    ofSecondFactor('turning two-step verification off', /\b(disabled|turned off)\b/),
  ],
  policies: [
    ofPolicy('moving accounts between authentication policies', /\b(members?|users?|accounts?)\b/),
    ofPolicy('creating an authentication policy', /\bcreated?\b/),
    ofPolicy('deleting an authentication policy', /\bdeleted?\b/),
  ],
  groups: [
    ofGroup('changing the members of a group', ['group-members'], editing),
    ofGroup('creating a group', ['groups'], /\bcreated?\b/),
    ofGroup('deleting a group', ['everyone'], /\bdeleted?\b/),
  ],
}

/** The kinds of change that no action of the log is about, in words, by what they would have changed. Empty: that no event came means that nothing changed, as far as the log tells. */
export function unloggedChanges(actions: readonly ListedAction[]): Readonly<Record<KeptCollection, readonly string[]>> {
  const known = actions.map(wordsOf).map(words => ({ words, effect: effectOf(words) }))
  const missing = (collection: KeptCollection): readonly string[] =>
    changes[collection]
      .filter(({ isOf }) => !known.some(({ effect, words }) => isOf(effect, words)))
      .map(({ words }) => words)
  return { accounts: missing('accounts'), policies: missing('policies'), groups: missing('groups') }
}

/**
 * The ids of the accounts that an event says it is about; none where it says nothing of any. Who did it is not among them. **Inferred**: a part of the context is an account where its type says so.
 */
export const accountsNamed = (context: readonly Json[]): readonly string[] => [
  ...new Set(
    context.flatMap(part => {
      if (!isObject(part) || typeof part['id'] !== 'string' || typeof part['type'] !== 'string') return []
      // An id may come as a resource name: `ari:cloud:identity::user/ID`.
      return /\b(users?|accounts?)\b/i.test(part['type']) ? [part['id'].replace(/^ari:.*\//, '')] : []
    }),
  ),
]

const wordsOf = ({ id, displayName = '' }: ListedAction): string =>
  `${id} ${displayName}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
