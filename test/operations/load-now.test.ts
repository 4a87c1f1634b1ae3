import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadNow } from '../../src/operations/load-now.ts'
import { loadFolder } from '../../src/operations/validate.ts'

const now = new Date('2026-11-24T12:00:00Z')
const refusals = 'test/cases/refusals'
const folders = ['policies', 'docs/reference/example', 'test/cases/sample', 'no-such-folder', 'package.json'].concat(
  readdirSync(refusals).map(name => join(refusals, name)),
)

describe('reading at once', () => {
  it.each(folders)('%s: says what reading with a promise says', async folder => {
    const later = await loadFolder(folder, now, 'kept')
    const atOnce = loadNow({ folder }, now)
    const told = ({ result, places }: typeof later) => result.diagnostics.map(found => places.document(found))
    expect(told(atOnce)).toEqual(told(later))
    expect(atOnce.texts).toEqual(later.texts)
    expect(JSON.stringify(atOnce.result)).toBe(JSON.stringify(later.result))
  })
})
