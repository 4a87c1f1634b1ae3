import type { Ledger } from '../ledger/contract.ts'
import { isObject, type Json } from '../model/json.ts'
import type { RunRecord } from '../model/run-record.ts'

/** The record of a run, or in words why it cannot be read. */
export async function readRecord(ledger: Ledger, run: string): Promise<RunRecord | string> {
  const text = await ledger.records.read('run', run)
  if (text === undefined) return 'its record is missing'
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return 'its record is not JSON'
  }
  if (!isObject(value) || typeof value['formatVersion'] !== 'string') return 'its record has no format version'
  if (!value['formatVersion'].startsWith('1.'))
    return `its record has the format ${value['formatVersion']}, which is newer than this Postern`
  return isRecord(value) ? (value as unknown as RunRecord) : 'its record lacks what one holds'
}

const isRecord = ({
  run,
  previous,
  origin,
  steps,
  approvals,
  plan,
  before,
  endedAt,
}: Readonly<Record<string, Json>>): boolean =>
  typeof run === 'string' &&
  typeof endedAt === 'string' &&
  (previous === null ||
    (isObject(previous) && typeof previous['run'] === 'string' && typeof previous['digest'] === 'string')) &&
  isObject(origin) &&
  [steps, approvals].every(list => Array.isArray(list) && list.every(isObject)) &&
  isObject(plan) &&
  Array.isArray(plan['steps']) &&
  plan['steps'].every(isObject) &&
  isObject(before) &&
  isObject(before['policyOf']) &&
  isObject(before['objects'])
