import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Code } from '../../src/diagnostics/catalogue.ts'
import { loadFolder } from '../../src/operations/validate.ts'
import { diagnosticsText } from '../../src/render/diagnostics-text.ts'
import { plainStyle } from '../../src/render/style.ts'

/** The day on which the cases are read: exceptions in them have ends. */
const now = new Date('2026-11-24T12:00:00Z')

/** What people see of each code that a golden case is refused for: from the case that says the least besides, the first by name. */
export async function refusedByCases(folder: string): Promise<ReadonlyMap<Code, string>> {
  const shown = new Map<Code, { readonly text: string; readonly said: number }>()
  for (const name of readdirSync(folder).sort()) {
    const { result, texts, places } = await loadFolder(join(folder, name), now)
    const said = result.diagnostics.length
    for (const found of result.diagnostics) {
      const before = shown.get(found.code)
      if (before !== undefined && before.said <= said) continue
      const context = { style: plainStyle(100), folder: 'policies', texts }
      shown.set(found.code, { text: diagnosticsText([places.document(found)], context), said })
    }
  }
  return new Map([...shown].map(([code, { text }]) => [code, text]))
}
