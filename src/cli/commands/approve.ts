import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { Places } from '../../diagnostics/to-document.ts'
import type { SavedPlan } from '../../model/plan.ts'
import type { ApproveReport } from '../../model/reports.ts'
import { approve as record, mayApprove, type Approved } from '../../operations/approve.ts'
import { secretOf } from '../../operations/approver-secrets.ts'
import { readPlan } from '../../operations/saved-plan.ts'
import { approvedText, consideredText } from '../../render/approve-text.ts'
import { codeOf } from '../ask-code.ts'
import type { DeclaredOptions } from '../declared.ts'
import type { ExitCode } from '../exit-code.ts'
import { folderOf } from '../folder-of.ts'
import { jsonText, type Session } from '../session.ts'
import { ledgerOf } from '../settings.ts'

export interface ApproveFlags extends DeclaredOptions {
  readonly as: string
  readonly code?: string
  readonly enrol?: boolean
}

/** `postern approve PLAN --as NAME` and `postern approve --enrol --as NAME [DIR]` */
export async function approve(session: Session, given: string | undefined, flags: ApproveFlags): Promise<ExitCode> {
  if (flags.enrol === true) return (await import('./enrol.ts')).enrol(session, given, flags)
  if (given === undefined)
    return session.fail([diagnostic('run/usage', { problem: 'which plan?', help: 'postern approve --help' })])
  const unwritable = session.outputProblem()
  if (unwritable !== undefined) return session.fail([unwritable])
  const read = await readPlan(session.path(given))
  if (!read.ok)
    return session.fail(read.diagnostics.map(found => ({ ...found, facts: { ...found.facts, file: given } })))
  const ledger = ledgerOf(session, flags)
  if (!ledger.ok) return session.fail(ledger.diagnostics)
  session.tell(ledger.diagnostics)

  const plan = read.value
  const request = { plan, ledger: ledger.value, now: session.world.now() }
  const may = await mayApprove([flags.as], request)
  if (!may.ok) return session.fail(may.diagnostics)
  if (may.value.rules.length === 0) return finish(session, given, plan, { ...may.value, approvals: [] })
  if (session.options.quiet !== true) {
    const { verbose = false } = session.options
    const view = { style: session.err, folder: folderOf(session, undefined), now: request.now, verbose }
    session.world.stderr.write(`${consideredText(plan, may.value, view)}\n`)
  }

  // Before the code is asked for: one that cannot be checked would be given for nothing.
  const secret = await secretOf(flags.as, session.world)
  if (!secret.ok) return session.fail(secret.diagnostics)
  const code = await codeOf(session, flags.as, flags.code)
  if (!code.ok) return session.fail(code.diagnostics)
  const approved = await record([{ approver: flags.as, code: code.value, secret: secret.value }], {
    ...request,
    // It may have taken a while to type.
    now: session.world.now(),
  })
  if (!approved.ok) return session.fail(approved.diagnostics)
  return finish(session, given, plan, approved.value)
}

/** Prints what came of it. */
function finish(
  session: Session,
  file: string,
  { organization, digest }: SavedPlan,
  { approvals: [approval], approvedBy, rules }: Approved,
): Promise<ExitCode> {
  const places = new Places(new Map())
  const notes = approval === undefined ? [diagnostic('approval/not-needed', {})] : []
  const report: ApproveReport = {
    formatVersion: '1.0',
    organization,
    digest,
    ...(approval !== undefined && { approval }),
    approvedBy,
    rules,
    diagnostics: notes.map(found => places.document(found)),
  }
  return session.print(
    session.options.format === 'json' ? jsonText(report) : approvedText(report, { file, style: session.out }),
  )
}
