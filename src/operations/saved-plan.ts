import { readFile } from 'node:fs/promises'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { documentsDigest, fingerprint, planDigest } from '../engine/digest.ts'
import { isObject, type Json } from '../model/json.ts'
import type { SavedPlan } from '../model/plan.ts'
import { fileReason } from '../diagnostics/file-reason.ts'
import { foreignRequests } from './foreign-requests.ts'
import { sha256 } from './hash.ts'
import { savePersonal } from './save-personal.ts'

/** Saves a plan readable by its owner only: it names people. */
export const savePlan = (file: string, plan: SavedPlan): Promise<Outcome<undefined>> =>
  savePersonal(file, `${JSON.stringify({ ...plan, seal: sealOf(plan) }, null, 2)}\n`)

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
  const { seal, ...content } = value
  const plan = content as unknown as SavedPlan
  const untouched =
    seal === sealOf(plan) &&
    planDigest(sha256, plan) === plan.digest &&
    documentsDigest(sha256, Object.values(plan.desired.documents)) === plan.desiredDigest
  if (!untouched) return failed(diagnostic('plan/file-edited', { file }))
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
  ['documents', 'policyOf', 'ids'].every(member =>
    isObject((value['desired'] as Readonly<Record<string, Json>>)[member]),
  )
