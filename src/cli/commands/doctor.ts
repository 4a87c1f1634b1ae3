import type { ConnectedCommand } from '../../operations/command-operations.ts'
import { doctor as lookAt } from '../../operations/doctor.ts'
import { doctorMarkdown } from '../../render/doctor-markdown.ts'
import { doctorText } from '../../render/doctor-text.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { folderOf } from '../folder-of.ts'
import { endProgress } from '../progress.ts'
import { jsonText, type Session } from '../session.ts'
import { connectionOf, ledgerOf, type PlaceOptions } from '../settings.ts'

export interface DoctorFlags extends PlaceOptions {
  readonly for?: readonly ConnectedCommand[]
}

/** `postern doctor [DIR]` */
export async function doctor(session: Session, given: string | undefined, flags: DoctorFlags): Promise<ExitCode> {
  const { world, options } = session
  const folder = folderOf(session, given)
  const report = await lookAt({
    folder: { shown: folder, path: session.path(folder) },
    connection: connectionOf(session, flags),
    ledger: ledgerOf(session, flags),
    now: world.now,
    node: process.versions.node,
    secrets: { env: world.env, runCommand: world.runCommand },
    commands: flags.for ?? [],
  })
  endProgress(session)
  const printed = await session.print(
    options.format === 'json'
      ? jsonText(report)
      : options.format === 'markdown'
        ? doctorMarkdown(report)
        : doctorText(report, session.out),
  )
  if (printed !== exitCodes.clean) return printed
  return report.checks.some(({ status }) => status === 'failed') ? exitCodes.error : exitCodes.clean
}
