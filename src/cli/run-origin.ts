import type { RunOrigin } from '../model/run-record.ts'
import { runOrigin } from '../operations/run-origin.ts'
import type { Session } from './session.ts'
import { version } from './version.ts'

/** Who runs a command: the person that CI names, else the user of this machine. */
export const originOf = ({ world: { env } }: Session, command: string, author: string | undefined): RunOrigin =>
  runOrigin(env, { command, version, author })
