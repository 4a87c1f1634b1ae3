import { shortEmails } from '../../render/review/short-email.ts'
import { Session } from '../session.ts'
import type { Output } from '../world.ts'

/** A session whose log shows addresses as `a…@partner.example`: whoever may read a repository may read the logs of its jobs. */
export function withShortEmails({ world, options }: Session): Session {
  const shortening = (output: Output): Output => ({
    write: text => output.write(shortEmails(text)),
    isTerminal: output.isTerminal,
    columns: output.columns,
  })
  // What else there is of the world may be worked out only when it is asked for.
  const short = Object.create(world, {
    stdout: { value: shortening(world.stdout) },
    stderr: { value: shortening(world.stderr) },
  }) as typeof world
  return new Session(short, options)
}
