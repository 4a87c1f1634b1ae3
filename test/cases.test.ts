import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentWording } from '../src/diagnostics/document-codes.ts'
import { ruleWording } from '../src/diagnostics/rule-codes.ts'
import { loadFolder } from '../src/operations/validate.ts'
import { placesOf, type FoundPlace } from './policy/found-place.ts'

const now = new Date('2026-11-24T12:00:00Z')
const cases = join(import.meta.dirname, 'cases')
const names = readdirSync(join(cases, 'refusals')).sort()

const expectedOf = (name: string): readonly FoundPlace[] =>
  JSON.parse(readFileSync(join(cases, 'refusals', name, 'expected.json'), 'utf8')) as readonly FoundPlace[]

/** Codes that no text alone can show: the tests of reading folders, of hostile files and of long lists show them. */
const shownElsewhere = [
  'policy/not-a-folder',
  'policy/symlink-loop',
  'policy/symlink-outside',
  'policy/too-large',
  'policy/too-many-listed',
  'policy/too-many-tokens',
  'policy/unreadable-file',
]

describe('what the documents refuse', () => {
  it.each(names)('%s', async name => {
    const { result, places } = await loadFolder(join(cases, 'refusals', name), now)
    const expected = expectedOf(name)
    expect(placesOf(result.diagnostics, places)).toEqual(expected)
    expect(result.ok).toBe(!expected.some(({ severity }) => severity === 'error'))
  })

  it.each(names)('%s, where the places of all documents are kept', async name => {
    const { result, places } = await loadFolder(join(cases, 'refusals', name), now, 'kept')
    expect(placesOf(result.diagnostics, places)).toEqual(expectedOf(name))
  })

  it('has a case for each code', () => {
    const shown = new Set([...shownElsewhere, ...names.flatMap(expectedOf).map(({ code }) => code)])
    expect([...shown].sort()).toEqual(Object.keys({ ...documentWording, ...ruleWording }).sort())
  })
})

describe('the sample of the documentation', () => {
  it('validates with no error and no warning', async () => {
    const { result } = await loadFolder(join(cases, 'sample'), now)
    expect(result.diagnostics).toEqual([])
    expect(result.ok && Object.keys(result.value).length).toBe(8)
  })

  it('is refused on the day after the exception in it ends', async () => {
    const { result } = await loadFolder(join(cases, 'sample'), new Date('2027-04-01T00:00:00Z'))
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['policy/exception-expired'])
  })

  it('is not refused at the last moment of that day', async () => {
    const { result } = await loadFolder(join(cases, 'sample'), new Date('2027-03-31T23:59:59Z'))
    expect(result.ok).toBe(true)
  })
})
