import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { UnlockReport } from '../../model/reports.ts'
import { lockHolder, unlock as breakIt, type Holder } from '../../operations/unlock.ts'
import { forTerminal } from '../../render/harmless.ts'
import { paragraph } from '../../render/style.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { jsonText, type Session } from '../session.ts'
import { ledgerOf, type PlaceOptions } from '../settings.ts'

export interface UnlockFlags extends Pick<PlaceOptions, 'ledger'> {
  readonly yes?: boolean
  readonly force?: boolean
}

/** `postern unlock` */
export async function unlock(session: Session, flags: UnlockFlags): Promise<ExitCode> {
  const { world } = session
  const ledger = ledgerOf(session, flags)
  if (!ledger.ok) return session.fail(ledger.diagnostics)
  const found = await lockHolder(ledger.value)
  if (!found.ok) return session.fail(found.diagnostics)
  const holder = found.value
  if (holder === null) {
    session.tell([diagnostic('unlock/not-locked', {})])
    return print(session, null)
  }
  world.stderr.write(`${paragraph(describe(holder, world.now()), session.err.width).join('\n')}\n`)
  if (flags.yes !== true) {
    if (world.ask === undefined)
      return session.fail([
        diagnostic('run/usage', {
          problem:
            'unlock asks before it takes a lock away, and there is no terminal to ask at: look who holds it, then use --yes',
          help: 'postern unlock --help',
        }),
      ])
    const answer = await world.ask(
      'Take the lock away? Two runs at once can undo each other’s work. Only `yes` is accepted: ',
    )
    if (answer?.trim() !== 'yes') {
      session.tell([diagnostic('run/declined', {})])
      return exitCodes.error
    }
  }
  const broken = await breakIt(ledger.value, holder, flags.force === true)
  if (!broken.ok) return session.fail(broken.diagnostics)
  return print(session, holder)
}

const states = {
  alive: 'that process is alive on this machine',
  gone: 'that process is gone: the next apply on this machine takes the lock over by itself',
  elsewhere: 'whether that process is alive cannot be seen from here: make sure that it is gone',
} as const

function describe({ run, command, owner, host, pid, at, state }: Holder, now: Date): string {
  const minutes = Math.max(0, Math.round((now.getTime() - Date.parse(at)) / 60_000))
  const [who, where] = [owner, host].map(text => forTerminal(text))
  return `Locked by ${who}: \`postern ${forTerminal(command)}\`, run ${forTerminal(run)}, process ${pid} on ${where}, for ${minutes} min; ${states[state]}.`
}

function print(session: Session, holder: Holder | null): Promise<ExitCode> {
  if (session.options.format !== 'json')
    return session.print(
      holder === null
        ? ''
        : `Unlocked: the lock of the run ${forTerminal(holder.run)} is gone. The next apply records what it had done.\n`,
    )
  const report: UnlockReport = {
    formatVersion: '1.0',
    holder:
      holder === null
        ? null
        : {
            run: holder.run,
            command: holder.command,
            owner: holder.owner,
            host: holder.host,
            pid: holder.pid,
            at: holder.at,
          },
    diagnostics: [],
  }
  return session.print(jsonText(report))
}
