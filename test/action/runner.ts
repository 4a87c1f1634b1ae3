import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { parse } from 'yaml'
import type { HttpRequest, HttpResponse } from '../../src/org/transport.ts'
import { temporaryFolder } from '../operations/start.ts'

export type Env = Readonly<Record<string, string>>

interface Step {
  readonly id?: string
  readonly if?: string
  readonly shell?: string
  readonly run?: string
  readonly uses?: string
  readonly env?: Env
  readonly with?: Readonly<Record<string, string | boolean>>
}

export interface Metadata {
  readonly name: string
  readonly description: string
  readonly author: string
  readonly branding: Readonly<Record<string, string>>
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly required?: boolean; readonly default?: string }>
  >
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

export const metadata = parse(await readFile('action.yml', 'utf8')) as Metadata

/** What a step with the Action came to. */
export interface Ended {
  readonly code: number | null
  readonly log: string
  readonly outputs: Env
  readonly summary: string
  /** What `actions/upload-artifact` was given. */
  readonly artifact: Readonly<Record<string, string | boolean>>
}

/** Runs the steps of action.yml as a runner does: its expressions are filled in, its scripts are run by bash, and its outputs are read from files. */
export async function runAction(given: Env, { cwd, env }: { readonly cwd: string; readonly env: Env }): Promise<Ended> {
  const place = await temporaryFolder()
  const files = { GITHUB_OUTPUT: join(place, 'output'), GITHUB_STEP_SUMMARY: join(place, 'summary.md') }
  for (const file of Object.values(files)) await writeFile(file, '')
  const inputs = Object.fromEntries(
    Object.entries(metadata.inputs).map(([name, input]) => [name, given[name] ?? input.default ?? '']),
  )
  const known = (expression: string): string => {
    const [, input] = /^inputs\.([\w-]+)$/.exec(expression) ?? []
    if (input !== undefined && inputs[input] !== undefined) return inputs[input]
    if (expression === "inputs.artifact || format('postern-{0}', inputs.command)")
      return inputs['artifact'] === '' ? `postern-${inputs['command'] ?? ''}` : (inputs['artifact'] ?? '')
    if (expression === 'github.token') return env['STAND_IN_TOKEN'] ?? ''
    throw new Error(`an expression that the runner of the tests does not know: ${expression}`)
  }
  const filled = <Value>(value: Value): Value =>
    (typeof value === 'string'
      ? value.replace(/\$\{\{ (.*?) \}\}/g, (_, found: string) => {
          const said = known(found)
          return said.replace(/\$\{\{ (.*?) \}\}/g, (_, inner: string) => known(inner))
        })
      : value) as Value
  const filledAll = <Value>(all: Readonly<Record<string, Value>> = {}) =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [name, filled(value)]))

  let code: number | null = 0
  let log = ''
  let artifact: Ended['artifact'] = {}
  for (const step of metadata.runs.steps) {
    if (code !== 0 && step.if !== 'always()') continue
    if (step.uses !== undefined) {
      artifact = filledAll(step.with)
      continue
    }
    const { out, err, ...ended } = await bash(step.run ?? '', {
      cwd,
      env: { ...env, ...files, GITHUB_ACTION_PATH: resolve('.'), ...filledAll(step.env) },
    })
    log += out + err
    code = ended.code
  }
  const lines = (await readFile(files.GITHUB_OUTPUT, 'utf8')).split('\n').filter(line => line !== '')
  return {
    code,
    log,
    outputs: Object.fromEntries(lines.map(line => line.split('=') as [string, string])),
    summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
    artifact,
  }
}

/** Runs a script as runners do: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
export async function bash(script: string, { cwd, env }: { readonly cwd: string; readonly env: Env }) {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { code, out, err }
}

/** Lets what answers requests in this process answer them over HTTP, and returns its address. */
export async function serve(answer: (request: HttpRequest) => Promise<HttpResponse>): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request)
      const {
        status,
        headers,
        body: sent,
      } = await answer({
        method: (request.method ?? 'GET') as HttpRequest['method'],
        url: `http://${request.headers.host ?? ''}${request.url ?? ''}`,
        headers: request.headers as Record<string, string>,
        ...(body !== '' && { body }),
      })
      response.writeHead(status, headers as Record<string, string>).end(sent)
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
