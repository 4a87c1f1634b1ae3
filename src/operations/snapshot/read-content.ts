import { isObject, isStrings, type Json, type JsonObject } from '../../model/json.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import { isSnapshotLedger } from './snapshot-ledger.ts'

const isText = (value: unknown): value is string => typeof value === 'string'

const isTextOrNothing = (value: unknown): boolean => value === undefined || isText(value)

const isTime = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value))

const allTexts = (value: JsonObject, members: readonly string[]): boolean =>
  members.every(member => isTextOrNothing(value[member]))

const accountTexts = [
  'email',
  'status',
  'accountStatus',
  'membershipStatus',
  'claimStatus',
  'accountType',
  'addedToOrg',
  'lastActive',
  'policyId',
  'policyName',
]

const isAccount = (value: Json): boolean =>
  isObject(value) &&
  isText(value['accountId']) &&
  allTexts(value, accountTexts) &&
  (value['mfaEnabled'] === undefined || typeof value['mfaEnabled'] === 'boolean') &&
  ['platformRoles', 'productAccess'].every(member => value[member] === undefined || isStrings(value[member]))

const isGroup = (value: Json): boolean =>
  isObject(value) && isText(value['id']) && isText(value['name']) && isStrings(value['members'])

const isDomain = (value: Json): boolean => isObject(value) && isText(value['name']) && allTexts(value, ['claimStatus'])

const isControlPolicy = (value: Json): boolean =>
  isObject(value) && isText(value['id']) && isText(value['type']) && allTexts(value, ['name', 'status'])

const isResource = (value: Json): boolean =>
  isObject(value) && isText(value['id']) && allTexts(value, ['applicationStatus'])

const isToken = (value: Json): boolean => isObject(value) && allTexts(value, ['accountId', 'status', 'expiresAt'])

const isActivity = (value: Json): boolean => isObject(value) && allTexts(value, ['lastActive'])

const isFailure = (value: Json | undefined): boolean =>
  isObject(value) &&
  isText(value['code']) &&
  isObject(value['facts']) &&
  isText(value['facts']['operation']) &&
  isText(value['facts']['request']) &&
  (value['facts']['scopes'] === undefined || isStrings(value['facts']['scopes']))

const listOf =
  (isItem: (value: Json) => boolean) =>
  (value: Json | undefined): boolean =>
    Array.isArray(value) && (value as readonly Json[]).every(isItem)

const recordOf =
  (isPart: (value: Json) => boolean) =>
  (value: Json | undefined): boolean =>
    isObject(value) && Object.values(value).every(isPart)

const answerOf =
  (isAnswer: (value: Json) => boolean) =>
  (value: Json | undefined): boolean =>
    isObject(value) && (value['answer'] === undefined ? isFailure(value['failure']) : isAnswer(value['answer']))

const shapes: { readonly [Member in keyof Snapshot]: (value: Json | undefined) => boolean } = {
  formatVersion: isText,
  organization: value => isObject(value) && isText(value['id']) && isText(value['name']),
  takenAt: isTime,
  validUntil: isTime,
  version: isText,
  match: value => value === 'named' || value === 'everyone',
  salt: isText,
  known: recordOf(isText),
  answered: isStrings,
  domains: listOf(isDomain),
  accounts: listOf(isAccount),
  groups: listOf(isGroup),
  noGroups: isStrings,
  controlPolicies: recordOf(answerOf(listOf(isControlPolicy))),
  policyResources: recordOf(answerOf(listOf(isResource))),
  tokens: answerOf(listOf(isToken)),
  lastActive: recordOf(answerOf(isActivity)),
  eventActions: answerOf(value => value === true),
  turns: recordOf(isStrings),
  ledger: value =>
    isObject(value) &&
    ['evidence', 'exports', 'bindings', 'suspensions', 'declarations'].every(section => isObject(value[section])) &&
    Object.values(value).every(isObject) &&
    isSnapshotLedger(value as unknown as Snapshot['ledger']),
  signature: value =>
    isObject(value) &&
    value['algorithm'] === 'ed25519' &&
    isText(value['publicKey']) &&
    /^ed25519:[\w-]{43}$/.test(value['publicKey']) &&
    isText(value['value']),
}

/** Whether a document is a snapshot. A signature says who wrote it, not that it can be worked with. */
export const isSnapshot = (value: JsonObject): boolean =>
  Object.entries(shapes).every(([member, isFine]) => isFine(value[member]))
