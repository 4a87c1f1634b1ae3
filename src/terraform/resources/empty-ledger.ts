import type { Configured } from '../configured.ts'
import type { Problem } from '../contract.ts'
import { warning } from '../problems.ts'

/** Said once: a state without anything in the ledger is a wrong ledger more often than a new one. */
export async function emptyLedger({ view, claims }: Configured): Promise<readonly Problem[]> {
  const { lastApplied } = await view.state()
  if (lastApplied !== undefined || claims.planned.has(told)) return []
  claims.planned.add(told)
  return [
    warning(
      `the ledger ${view.ledger.place} holds nothing, though the state has resources`,
      'Evidence and what was last applied are kept in the ledger: without it every setting is to be confirmed again. Is `ledger` of the provider block, or POSTERN_LEDGER, the right one?',
    ),
  ]
}

const told = 'the ledger is empty'
