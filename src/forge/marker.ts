import { createHmac, timingSafeEqual } from 'node:crypto'
import { isObject, type JsonObject } from '../model/json.ts'
import type { ForgeSystem } from './contract.ts'

/** What a text of Postern says of itself, unseen by readers. */
export interface Marker {
  readonly what: 'plan' | 'applied' | 'drift'
  /** The policy folder that the text is about, from the top of the repository. */
  readonly folder: string
  /** The run that wrote it: a whole number that grows from run to run. */
  readonly run: string
  /** The commit that it was made of. */
  readonly head: string
  /** The digest of the plan that the text shows. */
  readonly digest?: string
  /** Who made that plan, and so cannot approve it. */
  readonly author?: string
}

/** Whether the text is still the one that was sealed. `none`: no seal, or no key to judge it by; that proves nothing. */
export type Sealed = 'intact' | 'broken' | 'none'

/** Where a marker goes, and the secret that seals it. */
export interface MarkerOptions {
  readonly system: ForgeSystem
  /** Without it there is no seal. */
  readonly sealKey?: string | undefined
}

/**
 * A text with its marker on the last line. The seal covers the text and every member of the marker: who lacks the key cannot
 * change either unnoticed. It does not say where the text stands: one from another pull request is intact there too, and names another head.
 */
export function withMarker(body: string, marker: Marker, { system, sealKey }: MarkerOptions): string {
  const text = visible(system === 'gitlab' ? withoutQuickActions(body) : body)
  const seal = sealKey === undefined ? undefined : sealOf(text, marker, sealKey)
  return `${text}\n\n${lineOf(system, marker, seal)}`
}

/** The marker on the last line of a text; undefined where there is none, or where it is not exactly as Postern writes it. */
export function markerIn(
  body: string,
  { system, sealKey }: MarkerOptions,
): { readonly marker: Marker; readonly sealed: Sealed } | undefined {
  const whole = visible(body)
  const start = whole.lastIndexOf('\n') + 1
  const line = whole.slice(start)
  const found = read(system, line)
  if (found === undefined || lineOf(system, found.marker, found.seal) !== line) return undefined
  const { marker, seal } = found
  if (sealKey === undefined || seal === undefined) return { marker, sealed: 'none' }
  const expected = sealOf(visible(whole.slice(0, start)), marker, sealKey)
  return { marker, sealed: same(seal, expected) ? 'intact' : 'broken' }
}

// A browser sends CRLF when somebody saves a comment as it is, and forges trim.
const visible = (body: string): string => body.replaceAll('\r\n', '\n').trim()

// GitLab carries out lines such as `/close` of what the token posts, also by the API: https://docs.gitlab.com/user/project/quick_actions/
const withoutQuickActions = (body: string): string => body.replaceAll(/^([^\S\n]*)\/(?=[a-z])/gim, '$1\\/')

// Bitbucket shows HTML as text; a link definition that nothing refers to is shown nowhere: https://github.com/The-PR-Agent/pr-agent/issues/3283 (seen 2026-09), https://spec.commonmark.org/0.31.2/#link-reference-definitions
const frames: Readonly<Record<ForgeSystem, readonly [before: string, after: string]>> = {
  github: ['<!-- postern ', ' -->'],
  gitlab: ['<!-- postern ', ' -->'],
  bitbucket: ['[//]: # (postern ', ')'],
}

function lineOf(
  system: ForgeSystem,
  { what, folder, run, head, digest, author }: Marker,
  seal: string | undefined,
): string {
  const members = { what, folder, run, head, digest, author, seal }
  const json = Object.entries(members)
    .filter((member): member is [string, string] => member[1] !== undefined)
    .map(([name, value]) => `"${name}":"${escaped(value)}"`)
    .join(',')
  const [before, after] = frames[system]
  return `${before}{${json}}${after}`
}

// Nothing that could end a comment, a title or a line is left in a value: no hyphen, bracket, quote or line break.
const escaped = (value: string): string =>
  value.replaceAll(/[^A-Za-z0-9/_.: ]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

function read(system: ForgeSystem, line: string): { marker: Marker; seal: string | undefined } | undefined {
  const [before, after] = frames[system]
  if (!line.startsWith(before) || !line.endsWith(after)) return undefined
  const members = parsed(line.slice(before.length, line.length - after.length))
  if (members === undefined) return undefined
  const { what, folder, run, head, digest, author, seal } = members
  if (what !== 'plan' && what !== 'applied' && what !== 'drift') return undefined
  if (typeof folder !== 'string' || typeof head !== 'string') return undefined
  if (typeof run !== 'string' || !/^\d{1,30}$/.test(run)) return undefined
  if (!isTextOrAbsent(digest) || !isTextOrAbsent(author) || !isTextOrAbsent(seal)) return undefined
  const more = { ...(digest !== undefined && { digest }), ...(author !== undefined && { author }) }
  return { marker: { what, folder, run, head, ...more }, seal }
}

const isTextOrAbsent = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string'

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const sealOf = (text: string, { what, folder, run, head, digest, author }: Marker, key: string): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([text, what, folder, run, head, digest ?? null, author ?? null]))
    .digest('hex')

function same(seal: string, expected: string): boolean {
  const [left, right] = [Buffer.from(seal), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
