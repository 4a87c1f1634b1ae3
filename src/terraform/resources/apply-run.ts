import type { Recovery } from '../../model/recovery.ts'
import type { ApplyPartOptions } from '../../operations/resources/apply-part.ts'
import { recoveryCard } from '../../render/recovery-card.ts'
import type { Configured } from '../configured.ts'

/** What every apply of this process is carried out with. The card that tells how to undo it is kept in the ledger: nobody reads what a provider prints. */
export const applyRun = ({
  view,
  run,
  origin,
  allow,
  stop,
}: Configured): Omit<ApplyPartOptions, 'plan' | 'promised'> => ({
  view,
  run: run(),
  origin,
  allow,
  stop,
  recoveryCard: (recovery: Recovery) => Promise.resolve(recoveryCard(recovery, { format: 'markdown' })),
})
