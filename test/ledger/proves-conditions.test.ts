import { describe, expect, it } from 'vitest'
import { provesConditions } from '../../src/ledger/proven-conditions.ts'
import { codeOf } from './full-ledger.ts'
import { memoryStore } from './memory-store.ts'

/** A bucket that an earlier run wrote to. */
async function used(options: Parameters<typeof memoryStore>[0] = {}) {
  const store = memoryStore(options)
  await store.put('conditions.json', 'as it was')
  store.puts.length = 0
  return store
}

describe('what of the proof leaves nothing behind', () => {
  it('is half of it where nothing was written yet', async () => {
    const store = memoryStore()
    expect([await provesConditions(store), [...store.objects.keys()]]).toEqual(['if-match', []])
  })

  it('is all of it where an earlier run left the object', async () => {
    const store = await used()
    expect([await provesConditions(store), store.objects.get('conditions.json')?.text]).toEqual(['both', 'as it was'])
    expect(store.puts.map(({ end }) => end)).toEqual(['refused', 'refused'])
  })

  it.each(['absent', 'tag'] as const)('shows a server that ignores conditions (%s)', async ignores => {
    expect(await codeOf(provesConditions(await used({ ignores })))).toBe('ledger/no-conditions')
  })

  it('shows one that ignores If-Match before anything was written', async () => {
    expect(await codeOf(provesConditions(memoryStore({ ignores: 'tag' })))).toBe('ledger/no-conditions')
  })
})
