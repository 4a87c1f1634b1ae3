import { checkCode, isCode, type CodeVerdict } from '../approvals/check-code.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { ApproverCodes, Ledger, Sections } from '../ledger/contract.ts'
import type { Approval } from '../model/approval.ts'
import { attempt } from './attempt.ts'
import { stepsOf } from './one-time-codes.ts'

export { isCode }

/** A code that an approver gave, and the secret that it is checked with. */
export interface GivenCode {
  readonly approver: string
  readonly code: string
  readonly secret: Uint8Array
}

/**
 * Takes codes, each once: that one was used, and what it was used for, is written at one stroke, so that of two runs with one code only one takes it. Wrong codes are
 * counted there too. Where one of several is refused the others are taken all the same, and the outcome is a failure.
 */
export async function takeCodes(
  ledger: Ledger,
  given: readonly GivenCode[],
  now: Date,
  /** What a right code approves; nothing where it only shows who somebody is. */
  approvalBy?: (approver: string) => Approval,
): Promise<Outcome<readonly Approval[]>> {
  if (!given.every(({ code }) => isCode(code))) return failed(diagnostic('approval/bad-code', {}))
  const checks = await Promise.all(
    given.map(async ({ secret, ...rest }) => ({ ...rest, stepOf: await stepsOf(secret) })),
  )
  let approvals: readonly Approval[] = []
  let refusals: readonly Diagnostic[] = []
  const written = await attempt(() =>
    // A ledger that was changed meanwhile asks again: what counts is the last answer.
    ledger.update('approvals', before => {
      const codes = new Map<string, ApproverCodes>(Object.entries(before?.codes ?? {}))
      const verdicts = checks.map(({ approver, code, stepOf }) => {
        const verdict = checkCode({ code, now, stepOf, history: codes.get(approver) })
        codes.set(approver, verdict.history)
        return { approver, verdict }
      })
      approvals = verdicts.flatMap(({ approver, verdict }) =>
        verdict.is === 'right' && approvalBy !== undefined ? [approvalBy(approver)] : [],
      )
      refusals = verdicts.flatMap(({ approver, verdict }) => refusalOf(approver, verdict))
      return {
        approvals: withNew(before?.approvals ?? [], approvals, now),
        codes: Object.fromEntries([...codes].sort()),
      }
    }),
  )
  if (!written.ok) return written
  return outcome(approvals, refusals)
}

function refusalOf(approver: string, verdict: CodeVerdict): readonly Diagnostic[] {
  switch (verdict.is) {
    case 'right':
      return []
    case 'used':
      return [diagnostic('approval/used-code', { approver })]
    case 'wrong':
      return [diagnostic('approval/wrong-code', { approver, left: verdict.left })]
    case 'paused':
      return [diagnostic('approval/paused', { approver, until: verdict.until, wrong: verdict.wrong })]
  }
}

/** Those that have not ended, each approver's last one of a plan, and the new ones. */
const withNew = (
  before: Sections['approvals']['approvals'],
  added: readonly Approval[],
  now: Date,
): readonly Approval[] => [
  ...before.filter(
    ({ digest, approver, expiresAt }) =>
      Date.parse(expiresAt) > now.getTime() &&
      !added.some(other => other.digest === digest && other.approver === approver),
  ),
  ...added,
]
