import type { Ledger } from '../ledger/contract.ts'
import type { JournalEntry } from '../model/journal.ts'
import type { SavedPlan } from '../model/plan.ts'
import type { StepResult } from '../model/reports.ts'
import type { Accepted } from '../org/execute.ts'

/** The journal of one run as the run writes it: each line is durable before the run goes on. */
export interface Journal {
  readonly run: string
  sending(step: string, request: number): Promise<void>
  accepted(step: string, request: number, accepted: Accepted): Promise<void>
  refused(step: string, request: number, code: string, carriedOut: 'no' | 'maybe'): Promise<void>
  step(result: StepResult, seen: StepEnd): Promise<void>
  end(): Promise<void>
}

/** What was seen when a step ended. */
export interface StepEnd {
  /** Folded addresses of accounts that stayed as they were. */
  readonly refused?: readonly string[]
  /** SHA-256 of the objects it is about, as they were seen after it. */
  readonly after?: string
}

/** Opens the journal of a run, and marks the run as one whose end is not recorded yet. Nothing was sent before. */
export async function beginJournal(
  ledger: Ledger,
  { run, by, plan, remember }: Pick<JournaledRun, 'run' | 'by' | 'plan' | 'remember'>,
  now: () => Date,
): Promise<Journal> {
  const at = (): string => now().toISOString()
  const append = (entry: JournalEntry): Promise<void> => ledger.journal.append(run, [entry])
  await append({ type: 'begin', at: at(), run, by, plan, remember })
  await ledger.update('runs', before => ({ ...before, open: run }))
  return {
    run,
    sending: (step, request) => append({ type: 'sending', at: at(), step, request }),
    accepted: (step, request, accepted) => append({ type: 'accepted', at: at(), step, request, ...accepted }),
    refused: (step, request, code, carriedOut) =>
      append({ type: 'refused', at: at(), step, request, code, carriedOut }),
    step: (result, { refused, after }) =>
      append({
        type: 'step',
        at: at(),
        result,
        ...(refused !== undefined && { refused }),
        ...(after !== undefined && { after }),
      }),
    end: () => append({ type: 'end', at: at() }),
  }
}

/** A request that was accepted as a task, or that may have been carried out though no answer came. */
export interface OpenRequest {
  readonly step: string
  readonly request: number
  readonly at: string
  readonly taskId?: string
}

/** A run as its journal tells it. */
export interface JournaledRun {
  readonly run: string
  readonly at: string
  readonly by: string
  readonly plan: SavedPlan
  /** Whether the documents of the plan become what was last applied. */
  readonly remember: boolean
  readonly results: ReadonlyMap<string, StepResult>
  readonly refused: ReadonlyMap<string, ReadonlySet<string>>
  readonly after: ReadonlyMap<string, string>
  /** The step that was under way when the run ended, if one was. */
  readonly underWay: string | undefined
  /** Its requests whose end is not known, in their order. */
  readonly open: readonly OpenRequest[]
  readonly ended: boolean
}

/** Reads a journal back. Undefined where the run never got as far as to begin. */
export function readJournal(entries: readonly JournalEntry[]): JournaledRun | undefined {
  const [begin] = entries
  if (begin?.type !== 'begin') return undefined
  const results = new Map<string, StepResult>()
  const refused = new Map<string, ReadonlySet<string>>()
  const after = new Map<string, string>()
  let open: OpenRequest[] = []
  let underWay: string | undefined
  let ended = false
  for (const entry of entries) {
    switch (entry.type) {
      case 'begin':
        break
      case 'sending':
        underWay = entry.step
        open.push({ step: entry.step, request: entry.request, at: entry.at })
        break
      case 'accepted':
        open = open.flatMap(other =>
          !isSame(other, entry) ? [other] : entry.taskId === undefined ? [] : [{ ...other, taskId: entry.taskId }],
        )
        break
      case 'refused':
        open = open.filter(other => !isSame(other, entry) || entry.carriedOut === 'maybe')
        break
      case 'step':
        results.set(entry.result.id, entry.result)
        if (entry.refused !== undefined && entry.refused.length > 0)
          refused.set(entry.result.id, new Set(entry.refused))
        if (entry.after !== undefined) after.set(entry.result.id, entry.after)
        underWay = undefined
        open = []
        break
      case 'end':
        ended = true
    }
  }
  const { run, at, by, plan, remember } = begin
  return { run, at, by, plan, remember, results, refused, after, underWay, open, ended }
}

const isSame = (a: { readonly step: string; readonly request: number }, b: typeof a): boolean =>
  a.step === b.step && a.request === b.request
