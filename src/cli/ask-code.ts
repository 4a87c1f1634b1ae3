import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { isCode } from '../operations/take-codes.ts'
import type { Session } from './session.ts'

const triesAtTerminal = 3

/** The code of an approver: of `--code`, of standard input (`--code -`), or asked at the terminal, again where it cannot be one. */
export async function codeOf(session: Session, approver: string, given: string | undefined): Promise<Outcome<string>> {
  const { world } = session
  if (given !== undefined) {
    if (given !== '-') session.tell([diagnostic('approval/code-shown', {})])
    return asCode((given === '-' ? await world.readLine?.() : given) ?? '')
  }
  if (world.ask === undefined) return failed(diagnostic('approval/needs-code', { approver }))
  for (let tries = 1; ; tries++) {
    const answer = (await world.ask(`One-time code of ${approver}: `))?.trim() ?? ''
    const code = asCode(answer)
    if (code.ok || answer === '' || tries === triesAtTerminal) return code
    session.tell(code.diagnostics)
  }
}

const asCode = (text: string): Outcome<string> =>
  isCode(text.trim()) ? outcome(text.trim(), []) : failed(diagnostic('approval/bad-code', {}))
