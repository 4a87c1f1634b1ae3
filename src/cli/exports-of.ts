import type { GivenExports } from '../operations/import.ts'
import type { Session } from './session.ts'
import { inCi } from './settings.ts'

/** The flags by which console exports come along. */
export interface ExportFlags {
  readonly export?: readonly string[]
  readonly exportedAt?: string
}

/** The exports that were named; undefined where none was. */
export function exportsOf(session: Session, { export: files = [], exportedAt }: ExportFlags): GivenExports | undefined {
  return files.length === 0 ? undefined : givenExports(session, files, exportedAt)
}

/** Files as console exports. A file’s own time is only what the disk says, so somebody has to confirm it. */
export const givenExports = (
  session: Session,
  files: readonly string[],
  exportedAt: string | undefined,
): GivenExports => {
  const { ask } = session.world
  return {
    files: files.map(file => ({ shown: file, path: session.path(file) })),
    exportedAt,
    ci: inCi(session),
    confirmTime:
      ask === undefined
        ? undefined
        : async (file, at) =>
            /^y(es)?$/i.test(
              (await ask(`${file} was last changed at ${at}. Was it exported then? (y/n) `))?.trim() ?? '',
            ),
  }
}
