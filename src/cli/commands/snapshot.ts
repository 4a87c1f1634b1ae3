import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { count } from '../../diagnostics/wording.ts'
import { parseDuration } from '../../model/duration.ts'
import type { SnapshotMatch } from '../../model/snapshot.ts'
import { takeSnapshot } from '../../operations/snapshot/take-snapshot.ts'
import { loadFolder } from '../../operations/validate.ts'
import { timeWords } from '../../render/coverage-words.ts'
import type { ExitCode } from '../exit-code.ts'
import { exitCodes } from '../exit-code.ts'
import { folderOf } from '../folder-of.ts'
import { endProgress } from '../progress.ts'
import type { Session } from '../session.ts'
import { leastSecret, placesOf, type PlaceOptions } from '../settings.ts'
import { version } from '../version.ts'

export interface SnapshotFlags extends PlaceOptions {
  readonly validFor: string
  readonly match: SnapshotMatch
}

/** `postern snapshot [DIR]` */
export async function snapshot(session: Session, given: string | undefined, flags: SnapshotFlags): Promise<ExitCode> {
  const { env, now, randomBytes } = session.world
  const folder = folderOf(session, given)
  const validMinutes = parseDuration(flags.validFor)
  const told = env['POSTERN_SNAPSHOT_KEY']?.trim()
  const secret = told === '' ? undefined : told
  const unwritable = session.outputProblem()
  const problems = [
    ...(validMinutes === undefined ? [diagnostic('snapshot/bad-duration', { value: flags.validFor })] : []),
    ...(secret !== undefined && secret.length < leastSecret
      ? [diagnostic('snapshot/weak-secret', { least: leastSecret })]
      : []),
    ...(unwritable === undefined ? [] : [unwritable]),
  ]
  if (validMinutes === undefined || problems.length > 0) return session.fail(problems)
  const { result, texts } = await loadFolder(session.path(folder), now(), 'kept')
  const pointed = { folder, texts }
  if (!result.ok) return session.fail(result.diagnostics, pointed)
  const places = placesOf(session, flags)
  if (!places.ok) return session.fail(places.diagnostics)
  session.tell([...places.diagnostics, ...result.diagnostics], pointed)
  const taken = await takeSnapshot(result.value, {
    ...places.value,
    now: now(),
    match: flags.match,
    validMinutes,
    version,
    secret,
    randomBytes,
  })
  endProgress(session)
  if (!taken.ok) return session.fail(taken.diagnostics, pointed)
  session.tell(taken.diagnostics, pointed)
  const { accounts, validUntil, signature } = taken.value
  const printed = await session.print(`${JSON.stringify(taken.value)}\n`)
  if (printed === exitCodes.clean && session.options.quiet !== true)
    session.world.stderr.write(
      `${count(accounts.length, 'account')} under other names, valid until ${timeWords(validUntil)}, signed by ${signature.publicKey}\n`,
    )
  return printed
}
