import { end, start } from './children.ts'

/** A server in a process of its own: its time and memory are nobody's. */
export interface ServerProcess<Ready> {
  /** What it said when it was ready. */
  readonly ready: Ready
  /** Asks it for something; one question at a time. */
  readonly ask: <Answer>(what: string) => Promise<Answer>
  /** Aborted when it ends by itself: whoever talks to it need not go on. */
  readonly signal: AbortSignal
  readonly stop: () => void
}

/** Starts a TypeScript file as a server that sends a message when it is ready. Rejects where it does not come up. `name` is for messages. */
export async function startServer<Ready>(
  name: string,
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ServerProcess<Ready>> {
  const child = start(process.execPath, ['--import', import.meta.resolve('tsx'), file, ...args], {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const died = new AbortController()
  child.once('exit', (code, by) => died.abort(new Error(`${name} ended with ${code ?? by ?? 'nothing'}`)))
  child.once('error', error => died.abort(error))

  const answer = <Answer>(): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const gone = (): void => reject(died.signal.reason as Error)
      if (died.signal.aborted) {
        gone()
        return
      }
      died.signal.addEventListener('abort', gone, { once: true })
      child.once('message', message => {
        died.signal.removeEventListener('abort', gone)
        resolve(message as Answer)
      })
    })
  const ready = await answer<Ready>()
  return {
    ready,
    ask: what => {
      const answered = answer<never>()
      // Where it is gone already, `answered` says so.
      if (child.connected) child.send(what)
      return answered
    },
    signal: died.signal,
    stop: () => end(child),
  }
}
