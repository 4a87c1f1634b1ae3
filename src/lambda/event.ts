import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { isObject } from '../model/json.ts'
import { readInventory, type FleetOrganization } from './inventory.ts'

/** What a function was asked for. */
export interface Asked {
  /** The commit whose documents count. */
  readonly commit?: string
  /** Who merged: their own approval does not count. */
  readonly author?: string
  /** The page of the CI job. */
  readonly ci?: { readonly server: string; readonly repository: string; readonly run: string }
  /** The plan that was looked at before; any other is refused. */
  readonly digest?: string
  /** Of a fleet: the run, and the organization. */
  readonly run?: string
  readonly organization?: FleetOrganization
}

const shapes = {
  commit: [/^[0-9a-f]{40}$/, 'must be the full SHA of a commit, of 40 hexadecimal digits'],
  author: [/^[\w.[\]@+-]{1,100}$/, 'must be a login'],
  digest: [/^(sha256:)?[0-9a-f]{64}$/, 'must be the digest of a plan'],
  run: [/^[\w-]{1,80}$/, 'must be a name of letters, digits, `-` and `_`'],
} as const

const ciShapes = {
  server: /^https:\/\/[\w.-]{1,200}$/,
  repository: /^[\w.-]{1,100}\/[\w.-]{1,100}$/,
  run: /^\d{1,20}$/,
} as const

/** Reads an event. Members that are not known are left alone: the scheduler adds some. */
export function askedIn(event: unknown): Outcome<Asked> {
  const given = isObject(event) ? event : {}
  const problems: Diagnostic[] = []
  const refuse = (problem: string): undefined => void problems.push(diagnostic('aws/bad-event', { problem }))
  const texts: Partial<Record<keyof typeof shapes, string>> = {}
  for (const [name, [shape, problem]] of Object.entries(shapes) as [
    keyof typeof shapes,
    (typeof shapes)[keyof typeof shapes],
  ][]) {
    const value = given[name]
    if (value === undefined || value === null || value === '') continue
    if (typeof value === 'string' && shape.test(value)) texts[name] = value
    else refuse(`\`${name}\` ${problem}`)
  }
  const ci = ciIn(given['ci'])
  if (given['ci'] !== undefined && given['ci'] !== null && ci === undefined)
    refuse('`ci` must hold `server`, `repository` and `run` of the CI job')
  const asked = { ...texts, ...(ci !== undefined && { ci }) }
  if (given['organization'] === undefined) return outcome(asked, problems)
  const listed = readInventory(JSON.stringify([given['organization']]))
  if (!listed.ok) return outcome(asked, [...problems, ...listed.diagnostics])
  const [organization] = listed.value
  return outcome({ ...asked, ...(organization !== undefined && { organization }) }, problems)
}

function ciIn(value: unknown): Asked['ci'] {
  if (!isObject(value)) return undefined
  const { server, repository, run } = value
  const fits = (text: unknown, shape: RegExp): text is string => typeof text === 'string' && shape.test(text)
  return fits(server, ciShapes.server) && fits(repository, ciShapes.repository) && fits(run, ciShapes.run)
    ? { server, repository, run }
    : undefined
}
