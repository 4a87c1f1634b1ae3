import { isObject, isStrings, textOf, type Json } from '../model/json.ts'
import type { SectionName } from './contract.ts'

const isText = (value: Json | undefined): boolean => typeof value === 'string'

const isTextOrNothing = (value: Json | undefined): boolean => value === undefined || isText(value)

const isTextMap = (value: Json | undefined): boolean => isObject(value) && Object.values(value).every(isText)

const isFact = (value: Json): boolean =>
  isObject(value) &&
  isObject(value['address']) &&
  ['kind', 'name'].every(member => isObject(value['address']) && isText(value['address'][member])) &&
  isText(value['path']) &&
  ['export', 'attestation', 'declaration'].includes(textOf(value['from'] ?? null)) &&
  isText(value['at']) &&
  value['value'] !== undefined

/** Exports as they are stored: a time, and rows or members. */
const isStoredExport = (value: Json): boolean =>
  isObject(value) &&
  isText(value['at']) &&
  (isObject(value['policies'])
    ? Object.values(value['policies']).every(isStrings)
    : Array.isArray(value['rows']) && value['rows'].every(isTextMap))

const isStoredEvent = (value: Json): boolean =>
  isObject(value) &&
  isText(value['id']) &&
  isText(value['at']) &&
  isObject(value['subject']) &&
  isText(value['subject']['kind']) &&
  isText(value['subject']['what']) &&
  Array.isArray(value['context'])

const isNumberMap = (value: Json | undefined): boolean =>
  isObject(value) && Object.values(value).every(number => typeof number === 'number')

const isCheck = (value: Json): boolean =>
  isObject(value) && isText(value['at']) && isNumberMap(value['totals']) && isNumberMap(value['levels'])

const isHolder = (value: Json): boolean =>
  isObject(value) &&
  ['run', 'command', 'owner', 'host', 'at'].every(member => isText(value[member])) &&
  Number.isInteger(value['pid']) &&
  isTextOrNothing(value['process'])

const isApproval = (value: Json): boolean =>
  isObject(value) && ['digest', 'approver', 'at', 'expiresAt'].every(member => isText(value[member]))

const isCount = (value: Json | undefined): boolean => Number.isInteger(value) && Number(value) >= 0

const isApproverCodes = (value: Json): boolean =>
  isObject(value) &&
  isCount(value['wrong']) &&
  (value['lastStep'] === undefined || isCount(value['lastStep'])) &&
  isTextOrNothing(value['pausedUntil'])

const isReadingPosition = (value: Json): boolean =>
  isObject(value) && isText(value['of']) && isText(value['through']) && isStrings(value['handled'])

const isCounts = (value: Json | undefined): boolean =>
  isObject(value) && ['managed', 'unmanaged', 'twoStep'].every(member => isCount(value[member]))

/** Whether the content of a section is what it must be: files are edited by hand and damaged, and what they hold decides who is moved where. */
export const sectionShapes: Readonly<Record<SectionName, (content: Readonly<Record<string, Json>>) => boolean>> = {
  organization: ({ id, name }) => isText(id) && isText(name),
  evidence: ({ facts }) => Array.isArray(facts) && facts.every(isFact),
  exports: content => Object.values(content).every(isStoredExport),
  bindings: ({ policies }) => isTextMap(policies),
  'last-applied': ({ run, at, digest, documents, policyOf }) =>
    [run, at, digest].every(isText) &&
    isObject(documents) &&
    Object.values(documents).every(isObject) &&
    isTextMap(policyOf),
  suspensions: ({ accounts }) => isObject(accounts) && Object.values(accounts).every(isTextMap),
  declarations: ({ seen }) => isTextMap(seen),
  drift: ({ lastCompleteAt, seen, reading }) =>
    isText(lastCompleteAt) && isStrings(seen) && (reading === undefined || isReadingPosition(reading)),
  reading: ({ organization, fullAt, run, requests, counts, answers }) =>
    [organization, fullAt, answers].every(isText) && isTextOrNothing(run) && isCount(requests) && isCounts(counts),
  audit: ({ through, events }) => isText(through) && Array.isArray(events) && events.every(isStoredEvent),
  checks: ({ checks, externals }) => Array.isArray(checks) && checks.every(isCheck) && isStrings(externals),
  lock: ({ holder }) => holder !== undefined && (holder === null || isHolder(holder)),
  runs: ({ head, open }) =>
    isTextOrNothing(open) && (head === undefined || (isObject(head) && isText(head['run']) && isText(head['digest']))),
  approvals: ({ approvals, codes }) =>
    Array.isArray(approvals) &&
    approvals.every(isApproval) &&
    isObject(codes) &&
    Object.values(codes).every(isApproverCodes),
}
