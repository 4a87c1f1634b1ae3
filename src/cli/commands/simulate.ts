import { readFile } from 'node:fs/promises'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { fileReason } from '../../diagnostics/file-reason.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'

export interface SimulateFlags {
  readonly port: number
  readonly apiKey?: string
  readonly scenario?: string
  readonly accounts?: number
  readonly seed?: number
  readonly audit?: 'full' | 'documented' | 'none'
}

/** `postern simulate`: prints one line when it is ready and goes on until it is told to stop. */
export async function simulate(session: Session, flags: SimulateFlags): Promise<ExitCode> {
  const { simulate: start, parseScenario, builtInScenarios } = await import('../../simulator/index.ts')
  const { world } = session
  let scenario: Parameters<typeof start>[0] = {}
  if (flags.scenario !== undefined) {
    try {
      scenario = {
        scenario: builtInScenarios.has(flags.scenario)
          ? flags.scenario
          : parseScenario(JSON.parse(await readFile(session.path(flags.scenario), 'utf8')) as never),
      }
    } catch (error) {
      const why =
        error instanceof SyntaxError
          ? 'it is not JSON'
          : (error as NodeJS.ErrnoException).code === undefined
            ? (error as Error).message
            : fileReason(error)
      return session.fail([diagnostic('simulate/bad-scenario', { file: flags.scenario, why })])
    }
  }
  try {
    const running = await start({
      ...scenario,
      port: flags.port,
      ...(flags.apiKey !== undefined && { apiKey: flags.apiKey }),
      ...(flags.accounts !== undefined && { accounts: flags.accounts }),
      ...(flags.seed !== undefined && { seed: flags.seed }),
      ...(flags.audit !== undefined && { audit: flags.audit }),
    })
    const { url, consoleUrl, organizationId, apiKey } = running
    world.stdout.write(`${JSON.stringify({ url, consoleUrl, organizationId, apiKey })}\n`)
    if (!world.stop.aborted) await new Promise(resolve => world.stop.addEventListener('abort', resolve, { once: true }))
    await running.close()
    return exitCodes.clean
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    return session.fail([
      diagnostic('simulate/port-taken', {
        port: flags.port,
        why: code === 'EACCES' ? 'permission denied' : 'something else listens there',
      }),
    ])
  }
}
