import { diagnostic } from '../../src/diagnostics/diagnostic.ts'
import type { ObjectStore, PutCondition, PutEnd } from '../../src/ledger/object-store.ts'

/** What happens to a request before or instead of its answer. */
export type Fault =
  /** It is carried out, and the answer is lost. */
  | 'lost-answer'
  /** It is not carried out, and nobody can tell. */
  | 'lost-request'
  /** It is refused as if another write had been first. */
  | 'refused'
  /** Another write is carried out just before. */
  | 'overtaken'

export interface MemoryStore extends ObjectStore {
  readonly objects: Map<string, { text: string; tag: string }>
  readonly puts: { readonly key: string; readonly condition: PutCondition | undefined; readonly end: string }[]
}

export interface MemoryStoreOptions {
  readonly fault?: (key: string, count: number) => Fault | undefined
  /** The write of somebody else, for `overtaken`. */
  readonly other?: (store: MemoryStore, key: string) => void
  readonly ignores?: 'absent' | 'tag'
}

/** A bucket in memory, with conditional writes and faults. */
export function memoryStore({ fault, other, ignores }: MemoryStoreOptions = {}): MemoryStore {
  const objects: MemoryStore['objects'] = new Map()
  const puts: MemoryStore['puts'] = []
  let tags = 0
  const counts = new Map<string, number>()

  const end = (key: string, text: string, condition: PutCondition | undefined): PutEnd['end'] => {
    const before = objects.get(key)
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    const wrong = fault?.(key, count)
    if (wrong === 'overtaken') other?.(store, key)
    if (wrong === 'refused') return 'refused'
    if (wrong === 'lost-request') return 'unknown'
    const now = wrong === 'overtaken' ? objects.get(key) : before
    if (condition !== undefined && 'absent' in condition && now !== undefined && ignores !== 'absent') return 'refused'
    if (condition !== undefined && 'tag' in condition && now?.tag !== condition.tag && ignores !== 'tag')
      return 'refused'
    objects.set(key, { text, tag: String(++tags) })
    return wrong === 'lost-answer' ? 'unknown' : 'written'
  }

  const store: MemoryStore = {
    objects,
    puts,
    at: key => `s3://bucket/prefix/${key}`.replace(/\/$/, ''),
    get: key => Promise.resolve(objects.get(key)),
    put(key, text, condition) {
      const how = end(key, text, condition)
      puts.push({ key, condition, end: how })
      const problem = diagnostic('ledger/unreachable', {
        task: 'write',
        object: store.at(key),
        name: 'ECONNRESET',
        recorded: 'maybe',
      })
      return Promise.resolve(how === 'unknown' ? { end: how, problem } : { end: how })
    },
    list: prefix => Promise.resolve([...objects.keys()].filter(key => key.startsWith(prefix)).sort()),
  }
  return store
}
