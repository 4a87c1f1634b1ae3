import type { Recovery } from '../../model/recovery.ts'
import { recoveryCard } from '../../render/recovery-card.ts'
import { endProgress } from '../progress.ts'
import type { Session } from '../session.ts'

/** Shows how to undo by hand what a plan tightens, and returns the card as it is kept. */
export function showRecoveryCard(session: Session, recovery: Recovery): Promise<string> {
  if (session.options.quiet !== true) {
    endProgress(session)
    session.world.stderr.write(`${recoveryCard(recovery, { format: 'text', style: session.err })}\n`)
  }
  return Promise.resolve(recoveryCard(recovery, { format: 'markdown' }))
}
