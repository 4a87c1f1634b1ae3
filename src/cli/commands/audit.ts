import { isError } from '../../diagnostics/diagnostic.ts'
import { Places } from '../../diagnostics/to-document.ts'
import type { AuditReport } from '../../model/run-record.ts'
import { audit as follow } from '../../operations/audit.ts'
import { auditMarkdown, auditText } from '../../render/audit-text.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { jsonText, type Session } from '../session.ts'
import { ledgerOf, type PlaceOptions } from '../settings.ts'

export interface AuditFlags extends Pick<PlaceOptions, 'ledger'> {
  readonly head?: string
}

/** `postern audit` */
export async function audit(session: Session, flags: AuditFlags): Promise<ExitCode> {
  const ledger = ledgerOf(session, flags)
  if (!ledger.ok) return session.fail(ledger.diagnostics)
  const found = await follow(ledger.value, flags.head?.trim().toLowerCase())
  if (!found.ok) return session.fail(found.diagnostics)
  session.tell([...ledger.diagnostics, ...found.diagnostics])
  const places = new Places(new Map())
  const report: AuditReport = {
    formatVersion: '1.0',
    ...found.value,
    diagnostics: found.diagnostics.map(other => places.document(other)),
  }
  const { format } = session.options
  const printed = await session.print(
    format === 'json'
      ? jsonText(report)
      : format === 'markdown'
        ? auditMarkdown(report)
        : auditText(report, session.out),
  )
  if (printed !== exitCodes.clean) return printed
  return found.diagnostics.some(isError) ? exitCodes.error : exitCodes.clean
}
