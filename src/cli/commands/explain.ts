import { explain as explainAccount } from '../../operations/explain.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { folderOf } from '../folder-of.ts'
import { endProgress } from '../progress.ts'
import { jsonText, type Session } from '../session.ts'
import { placesOf, type PlaceOptions } from '../settings.ts'

export interface ExplainFlags extends PlaceOptions {
  readonly policies?: string
}

/** `postern explain EMAIL` */
export async function explain(session: Session, email: string, flags: ExplainFlags): Promise<ExitCode> {
  const folder = folderOf(session, flags.policies)
  const places = placesOf(session, flags)
  if (!places.ok) return session.fail(places.diagnostics)
  const { loaded, outcome } = await explainAccount({
    folder: session.path(folder),
    ...places.value,
    now: session.world.now(),
    email: email.trim(),
  })
  endProgress(session)
  const pointed = { folder, texts: loaded.texts }
  if (!outcome.ok) return session.fail(outcome.diagnostics, pointed)
  session.tellDocuments(outcome.value.diagnostics, pointed)
  const { format, verbose = false } = session.options
  const now = session.world.now()
  const printed = await session.print(
    format === 'json'
      ? jsonText(outcome.value)
      : format === 'markdown'
        ? (await import('../../render/explain-markdown.ts')).explainMarkdown(outcome.value, { folder, now })
        : (await import('../../render/explain-text.ts')).explainText(outcome.value, {
            style: session.out,
            folder,
            now,
            verbose,
          }),
  )
  return printed === exitCodes.clean ? exitCodes.clean : printed
}
