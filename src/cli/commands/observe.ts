import { Places } from '../../diagnostics/to-document.ts'
import { observe as takeIn } from '../../operations/observe.ts'
import { observeText } from '../../render/evidence-text.ts'
import { declared, type DeclaredOptions } from '../declared.ts'
import { givenExports } from '../exports-of.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { endProgress } from '../progress.ts'
import { jsonText, type Session } from '../session.ts'
import { connectionOf, ledgerOf } from '../settings.ts'

export interface ObserveFlags extends DeclaredOptions {
  readonly exportedAt?: string
}

/** `postern observe FILE…` */
export async function observe(session: Session, files: readonly string[], flags: ObserveFlags): Promise<ExitCode> {
  const { result, pointed } = await declared(session, flags)
  if (!result.ok) return session.fail(result.diagnostics, pointed)
  const ledger = ledgerOf(session, flags)
  if (!ledger.ok) return session.fail(ledger.diagnostics)
  session.tell(ledger.diagnostics)
  const connection = connectionOf(session, flags)
  const taken = await takeIn({
    ...givenExports(session, files, flags.exportedAt),
    desired: result.value,
    ledger: ledger.value,
    now: session.world.now(),
    // Without a key the domains of the documents are all there is to tell whose file it is.
    connection: connection.ok ? connection.value : undefined,
  })
  endProgress(session)
  if (!taken.ok) return session.fail(taken.diagnostics)
  session.tell(taken.diagnostics)
  const places = new Places(pointed.texts)
  const report = {
    formatVersion: '1.0' as const,
    files: taken.value,
    diagnostics: taken.diagnostics.map(found => places.document(found)),
  }
  return (await session.print(
    session.options.format === 'json' ? jsonText(report) : observeText(report, session.out),
  )) === exitCodes.clean
    ? exitCodes.clean
    : exitCodes.error
}
