import type { OnEvent } from '../operations/connection.ts'
import { clearLine, showLine } from './status-line.ts'
import type { Session } from './session.ts'

/** What goes on between command and organization: a moving line on a terminal, each request with --verbose, else nothing. */
export function progress(session: Session): OnEvent {
  const { stderr } = session.world
  const { quiet, verbose } = session.options
  if (quiet === true) return () => undefined
  let requests = 0
  return event => {
    if (event.type === 'request') requests++
    if (verbose === true) {
      stderr.write(`${session.err.dim(describe(event))}\n`)
      return
    }
    if (!stderr.isTerminal) {
      // A log shows no moving line; a long silence in it looks like a hang.
      if (event.type === 'waiting' && event.seconds >= 5) stderr.write(`${describe(event)} …\n`)
      return
    }
    if (event.type === 'waiting' && event.seconds < 1) return
    showLine(
      stderr,
      event.type === 'request'
        ? `${requests} ${requests === 1 ? 'request' : 'requests'}, ${event.operation} …`
        : `${describe(event)} …`,
    )
  }
}

/** Ends the moving line, so that what is printed next begins on a clean one. */
export const endProgress = ({ world: { stderr } }: Session): void => {
  if (stderr.isTerminal) clearLine(stderr)
}

function describe(event: Parameters<OnEvent>[0]): string {
  switch (event.type) {
    case 'request':
      return `${event.effect} ${event.operation}: ${event.status ?? 'no answer'}${event.attempt > 1 ? ` (attempt ${event.attempt})` : ''}`
    case 'waiting':
      return `waiting ${Math.ceil(event.seconds)} s (${event.because})`
    case 'accepted':
      return `${event.operation}: accepted as task ${event.taskId}`
    case 'task':
      return `moving: ${event.inProgress} under way, ${event.succeeded} moved, ${event.failed} refused`
  }
}
