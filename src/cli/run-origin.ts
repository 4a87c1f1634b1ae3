import type { RunOrigin } from '../model/run-record.ts'
import { planAuthor } from '../operations/plan-author.ts'
import type { Session } from './session.ts'
import { version } from './version.ts'

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
