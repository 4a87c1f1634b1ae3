import { outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Desired } from '../../kinds/resource.ts'
import { rememberingReader } from '../../org/remembering-reader.ts'
import { attempt } from '../attempt.ts'
import type { BothRead, CompareOptions } from '../compare.ts'
import { reading } from '../connection.ts'
import { readLedger } from '../ledger-state.ts'
import { readLive, type LiveRead } from '../read-live.ts'

/** What was read for a change of the documents, and for the documents without it where there are any. */
export interface ReadForBoth {
  readonly head: BothRead
  readonly base: Outcome<BothRead> | undefined
}

/**
 * Reads ledger and organization once for two sets of documents: what both need is asked for once, so that the same answers are compared, and a request more is sent only for what the base alone
 * needs. What cannot be read for the base alone fails the base alone.
 */
export async function readForBoth(
  head: Desired,
  base: Desired | undefined,
  { connection, ledger, now, lastActive, readAt }: CompareOptions,
): Promise<Outcome<ReadForBoth>> {
  const read = await attempt(async () => {
    const state = await readLedger(ledger)
    return reading(connection, head.organization.spec.id, async client => {
      const askedWhen = new Set<string>()
      const reader = rememberingReader({
        ...client,
        lastActive: accountId => {
          askedWhen.add(accountId)
          return client.lastActive(accountId)
        },
      })
      const scope = { lastActive, readAt }
      const ofHead = await readLive(reader, head, state, now, scope)
      const ofBase = ofHead.ok && base !== undefined ? await readLive(reader, base, state, now, scope) : undefined
      return { ofHead, ofBase, counted: { state, reads: client.counts.reads, lastActiveReads: askedWhen.size } }
    })
  })
  if (!read.ok) return read
  const { ofHead, ofBase, counted } = read.value
  if (!ofHead.ok) return ofHead
  // Whoever stops a run wants no plan at all.
  if (ofBase?.ok === false && connection.signal?.aborted === true) return ofBase
  const both = (found: { readonly value: LiveRead; readonly diagnostics: BothRead['noticed'] }): BothRead => ({
    ...found.value,
    ...counted,
    noticed: found.diagnostics,
  })
  return outcome({ head: both(ofHead), base: ofBase?.ok === true ? outcome(both(ofBase), []) : ofBase }, [])
}
