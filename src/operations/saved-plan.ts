import { readFile } from 'node:fs/promises'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { documentsDigest, fingerprint, planDigest } from '../engine/digest.ts'
import type { Documents } from '../engine/guards/guard.ts'
import { isKindName } from '../kinds/index.ts'
import { organizationIn } from '../kinds/organization-in.ts'
import { parseAddress } from '../model/address.ts'
import { isObject, type Json } from '../model/json.ts'
import { jsonPieces } from '../model/json-pieces.ts'
import type { SavedPlan } from '../model/plan.ts'
import validators from '../policy/generated/validators.js'
import { fileReason } from '../diagnostics/file-reason.ts'
import { foreignRequests } from './foreign-requests.ts'
import { sha256 } from './hash.ts'
import { savePersonal } from './save-personal.ts'

/** Saves a plan readable by its owner only: it names people. */
export const savePlan = (file: string, plan: SavedPlan): Promise<Outcome<undefined>> =>
  savePersonal(file, jsonPieces({ ...plan, seal: sealOf(plan) }))

/** Over everything in the file: the digest names what a plan does, and does not cover what only explains or guards it. */
const sealOf = (plan: SavedPlan): string => fingerprint(sha256)(plan as unknown as Json)

/** Reads a saved plan and makes sure that it is as it was saved. */
export async function readPlan(file: string): Promise<Outcome<SavedPlan>> {
  const unreadable = (why: string) => failed(diagnostic('plan/file-unreadable', { file, why }))
  let value: Json
  try {
    value = JSON.parse(await readFile(file, 'utf8')) as Json
  } catch (error) {
    return unreadable(error instanceof SyntaxError ? 'it is not JSON' : fileReason(error))
  }
  if (!isObject(value) || typeof value['formatVersion'] !== 'string') return unreadable('it has no format version')
  if (!value['formatVersion'].startsWith('1.'))
    return failed(diagnostic('plan/newer-format', { file, version: value['formatVersion'] }))
  if (!isPlan(value))
    return unreadable('it lacks what a saved plan has; the output of `--format json` is saved with `--out`')
  if (value['snapshot'] !== undefined) return failed(diagnostic('snapshot/not-applied', {}))
  const { seal, ...content } = value
  const plan = content as unknown as SavedPlan
  const untouched =
    seal === sealOf(plan) &&
    planDigest(sha256, plan) === plan.digest &&
    documentsDigest(sha256, Object.values(plan.desired.documents)) === plan.desiredDigest
  if (!untouched) return failed(diagnostic('plan/file-edited', { file }))
  if (!Object.entries(plan.desired.documents).every(isDocument))
    return unreadable('it holds a document that cannot be one')
  const foreign = foreignRequests(plan)
  return foreign.length === 0
    ? outcome(plan, [])
    : failed(
        ...foreign.map(({ method, path }) => diagnostic('plan/file-foreign-request', { request: `${method} ${path}` })),
      )
}

const isPlan = (value: Readonly<Record<string, Json>>): boolean =>
  typeof value['digest'] === 'string' &&
  typeof value['desiredDigest'] === 'string' &&
  isObject(value['organization']) &&
  typeof value['organization']['id'] === 'string' &&
  Array.isArray(value['steps']) &&
  value['steps'].every(
    (step: Json) =>
      isObject(step) &&
      typeof step['id'] === 'string' &&
      Array.isArray(step['dependsOn']) &&
      Array.isArray(step['changes']),
  ) &&
  Array.isArray(value['guards']) &&
  isObject(value['desired']) &&
  membersAreObjects(value['desired'], ['documents', 'policyOf', 'ids']) &&
  isObject(value['before']) &&
  membersAreObjects(value['before'], ['policyOf', 'objects']) &&
  organizationIn(value['desired']['documents'] as Documents) !== undefined

const membersAreObjects = (value: Readonly<Record<string, Json>>, members: readonly string[]): boolean =>
  members.every(member => isObject(value[member]))

/** What is planned from must be what the schema lets in: the guards take it at its word. */
function isDocument([key, spec]: readonly [string, unknown]): boolean {
  const address = parseAddress(key)
  return address !== undefined && isKindName(address.kind) && validators[address.kind](spec)
}
