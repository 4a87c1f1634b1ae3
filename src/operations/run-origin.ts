import type { RunOrigin } from '../model/run-record.ts'
import { planAuthor } from './plan-author.ts'

/** Who runs something, for the lock, the journal and the record: the person who is named, else the one that CI names, else the user of this machine. */
export function runOrigin(
  env: Readonly<Record<string, string | undefined>>,
  {
    command,
    version,
    author,
    by,
  }: Pick<RunOrigin, 'command' | 'version'> & {
    readonly author?: string | undefined
    readonly by?: string | undefined
  },
): RunOrigin {
  const { author: told, commit, job } = planAuthor(env, author)
  const user = [env['USER'], env['LOGNAME'], env['USERNAME']].find(name => name !== undefined && name !== '')
  return {
    command,
    by: by ?? told ?? user ?? 'unknown user',
    version,
    ...(commit !== undefined && { commit }),
    ...(job !== undefined && { job }),
  }
}
