import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'

/** Something that was written or asked for, and where. */
export interface Written {
  readonly where: string
  readonly content: string | Uint8Array
}

type Method = (...parameters: readonly unknown[]) => unknown
type Owner = Record<string, Method>

/** The functions through which everything is written, and which of their parameters are names and content. */
const writers = ['write', 'writeSync', 'writeFile', 'writeFileSync', 'appendFile', 'appendFileSync'] as const
const namers = ['rename', 'renameSync', 'mkdir', 'mkdirSync', 'symlink', 'symlinkSync', 'link', 'linkSync'] as const

/**
 * Tells of everything that this process writes to files, files that are gone again and those outside of any folder too, and of every host that is asked over HTTP, until
 * it is stopped.
 */
export async function watchWrites(tell: (written: Written) => void): Promise<() => void> {
  const undone: (() => void)[] = []

  function wrap(owner: object, name: string): void {
    const methods = owner as Owner
    const real = methods[name]
    if (real === undefined) return
    methods[name] = function (this: unknown, ...parameters: unknown[]) {
      for (const parameter of parameters.slice(0, 2))
        if (typeof parameter === 'string' || parameter instanceof Uint8Array) tell({ where: name, content: parameter })
      return real.apply(this, parameters)
    }
    undone.push(() => (methods[name] = real))
  }

  for (const name of [...writers, ...namers, 'open', 'openSync']) wrap(fs, name)
  for (const name of ['writeFile', 'appendFile', 'rename', 'mkdir', 'symlink', 'link', 'open']) wrap(fs.promises, name)
  const handle = await fs.promises.open('/dev/null', 'r')
  for (const name of ['write', 'writeFile', 'appendFile']) wrap(Object.getPrototypeOf(handle) as object, name)
  await handle.close()
  for (const stream of [process.stdout, process.stderr]) wrap(stream, 'write')
  syncBuiltinESMExports()

  const channels: readonly (readonly [string, (message: unknown) => void])[] = [
    [
      'undici:request:create',
      message => {
        const { request } = message as { request: { origin?: unknown } }
        tell({ where: 'host', content: String(request.origin) })
      },
    ],
    [
      'http.client.request.start',
      message => {
        const { request } = message as { request: { protocol: string; getHeader: (name: string) => unknown } }
        tell({ where: 'host', content: `${request.protocol}//${String(request.getHeader('host'))}` })
      },
    ],
  ]
  for (const [name, listener] of channels) subscribe(name, listener)
  return () => {
    for (const undo of undone) undo()
    syncBuiltinESMExports()
    for (const [name, listener] of channels) unsubscribe(name, listener)
  }
}
