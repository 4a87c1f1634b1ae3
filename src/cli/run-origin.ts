import type { RunOrigin } from '../model/run-record.ts'
import { planAuthor } from '../operations/plan-author.ts'
import type { Session } from './session.ts'
import { version } from './version.ts'

/** Sorts by time and is different for two runs of one second. */
export const runName = ({ world: { now, random } }: Session): string =>
  `${now().toISOString().slice(0, 19).replaceAll(':', '-')}Z-${Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, '0')}`

/** Who runs a command, for the lock, the journal and the record: the person that CI names, else the user of this machine. */
export function originOf({ world: { env } }: Session, command: string, author: string | undefined): RunOrigin {
  const { author: told, commit, job } = planAuthor(env, author)
  const user = [env['USER'], env['LOGNAME'], env['USERNAME']].find(name => name !== undefined && name !== '')
  return {
    command,
    by: told ?? user ?? 'unknown user',
    version,
    ...(commit !== undefined && { commit }),
    ...(job !== undefined && { job }),
  }
}
