import { diagnostic } from '../diagnostics/diagnostic.ts'
import { LedgerError } from './ledger-error.ts'
import type { ObjectStore, PutCondition } from './object-store.ts'

const attempts = 3

const probe = 'conditions.json'
const text = '{"formatVersion":"1.0","purpose":"shows whether the server honours If-None-Match and If-Match"}\n'

/**
 * The same store, that before its first conditional write lets the server prove that it refuses what it should. Some servers that speak S3 ignore conditions, others on buckets with versions:
 * there two runs would hold the lock at a time.
 */
export function withProvenConditions(store: ObjectStore): ObjectStore {
  let proof: Promise<void> | undefined
  return {
    ...store,
    async put(key, content, condition) {
      if (condition !== undefined) {
        proof ??= prove(store)
        await proof.catch((error: unknown) => {
          proof = undefined
          throw error
        })
      }
      return store.put(key, content, condition)
    },
  }
}

async function prove(store: ObjectStore): Promise<void> {
  // Nobody removes it: whatever else is going on, it can be written anew once at most.
  for (let written = 0; (await endOf(store, { absent: true })) === 'written';) if (++written > 1) throw ignoredBy(store)
  if ((await endOf(store, noTag)) === 'written') throw ignoredBy(store)
}

/**
 * As much of the proof as leaves nothing behind on a server that honours conditions: `both` where an earlier run left the object that it takes, else only that If-Match holds. A refused write shows,
 * besides, that this key may write.
 */
export async function provesConditions(store: ObjectStore): Promise<'both' | 'if-match'> {
  const there = (await store.get(probe)) !== undefined
  if (there && (await endOf(store, { absent: true })) === 'written') throw ignoredBy(store)
  if ((await endOf(store, noTag)) === 'written') throw ignoredBy(store)
  return there ? 'both' : 'if-match'
}

/** The tag of no object. */
const noTag = { tag: '00000000000000000000000000000000' }

const ignoredBy = (store: ObjectStore): LedgerError =>
  new LedgerError(diagnostic('ledger/no-conditions', { place: store.at('') }))

/** How a write of the probe ends, tried again where no answer comes. */
async function endOf(store: ObjectStore, condition: PutCondition): Promise<'written' | 'refused'> {
  for (let attempt = 1; ; attempt++) {
    const put = await store.put(probe, text, condition)
    if (put.end !== 'unknown') return put.end
    if (attempt === attempts) throw new LedgerError(put.problem)
  }
}
