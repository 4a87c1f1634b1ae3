/** What is known of the codes that one approver gave; as the ledger keeps it. */
export interface CodeHistory {
  readonly lastStep?: number
  readonly wrong: number
  readonly pausedUntil?: string
}

/** What a code comes to, and the history with it in it. */
export type CodeVerdict =
  | { readonly is: 'right' | 'used'; readonly history: CodeHistory }
  /** `left`: how many more may be wrong before the pause. */
  | { readonly is: 'wrong'; readonly left: number; readonly history: CodeHistory }
  /** No code is looked at before `until`; `wrong`: this one brought the pause about. */
  | { readonly is: 'paused'; readonly until: string; readonly wrong: boolean; readonly history: CodeHistory }

/** A code, and what it is judged by. */
export interface CodeCheck {
  readonly code: string
  readonly now: Date
  readonly history: CodeHistory | undefined
  /** The time step that a code belongs to, within the skew that clocks may have; undefined where it is wrong. */
  readonly stepOf: (code: string, now: Date) => number | undefined
}

/** Wrong codes in a row before the pause. */
export const wrongCodesAllowed = 5

const minute = 60_000
const firstPause = 5 * minute
const longestPause = 60 * minute

/** Whether a text can be a code at all. One that cannot is a slip of the hand, and no attempt. */
export const isCode = (text: string): boolean => /^[0-9]{6}$/.test(text)

/**
 * Judges a code of six digits. A right one is taken once: neither it nor an earlier one is taken again. After five wrong ones in a row no code is looked at for
 * five minutes, and with each further wrong one for twice as long, up to an hour.
 */
export function checkCode({ code, now, history = { wrong: 0 }, stepOf }: CodeCheck): CodeVerdict {
  const { lastStep, pausedUntil } = history
  // A time that cannot be read does not end a pause.
  if (pausedUntil !== undefined && !(now.getTime() >= Date.parse(pausedUntil)))
    return { is: 'paused', until: pausedUntil, wrong: false, history }
  const step = stepOf(code, now)
  if (step === undefined) return afterWrong(history, now)
  // Whoever repeats a code that was seen learns nothing by it, so it is not counted.
  if (lastStep !== undefined && step <= lastStep) return { is: 'used', history }
  return { is: 'right', history: { lastStep: step, wrong: 0 } }
}

function afterWrong({ lastStep, wrong: before }: CodeHistory, now: Date): CodeVerdict {
  const wrong = before + 1
  const known = { ...(lastStep !== undefined && { lastStep }), wrong }
  const left = wrongCodesAllowed - wrong
  if (left > 0) return { is: 'wrong', left, history: known }
  const until = new Date(now.getTime() + Math.min(longestPause, firstPause * 2 ** -left)).toISOString()
  return { is: 'paused', until, wrong: true, history: { ...known, pausedUntil: until } }
}
