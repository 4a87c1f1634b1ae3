import type { SavedPlan } from '../../model/plan.ts'
import type { ApplyReport } from '../../model/reports.ts'
import { attempt } from '../../operations/attempt.ts'
import { savePersonal } from '../../operations/save-personal.ts'
import { applyMarkdown } from '../../render/apply-markdown.ts'
import { applyText } from '../../render/apply-text.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { jsonText, type Pointed } from '../session.ts'
import type { ApplyRun } from './apply.ts'

/** Prints how an apply ended, and leaves a copy of its record where that was asked for. */
export async function finishApply(
  { session, flags, ledger, listener }: ApplyRun,
  plan: SavedPlan,
  pointed: Pointed,
  { report, code }: { readonly report: ApplyReport; readonly code: ExitCode },
): Promise<ExitCode> {
  const { folder } = pointed
  const { format, verbose = false } = session.options
  const { bundle, emails = 'short' } = flags
  const text =
    format === 'json'
      ? jsonText(report)
      : format === 'markdown'
        ? applyMarkdown(report, plan.steps, { folder, now: session.world.now(), emails })
        : applyText(report, plan.steps, { style: session.out, folder, now: session.world.now(), verbose })
  const printed = await session.print(text)
  await listener.ended?.(report, plan, pointed)
  if (bundle === undefined || report.record === undefined) return printed === exitCodes.clean ? code : printed
  const record = await attempt(() => ledger.records.read('run', report.run))
  const saved = record.ok ? await savePersonal(session.path(bundle), record.value ?? '') : record
  if (!saved.ok) return session.fail(saved.diagnostics)
  return printed === exitCodes.clean ? code : printed
}
