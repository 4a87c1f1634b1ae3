import { readdir, readFile, stat } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { attestUnverified, carryOutConsoleSteps, exportFile, observeFiles } from '../operations/console.ts'
import { policiesFolder, policyFolder, start, valueOf } from '../operations/start.ts'
import type { Place } from './soak-spot.ts'

const guardsInTheWay = ['too-many-suspensions']

/** The organization of policies/ on loopback, with everything applied, done and attested. Whoever breaks an access rule is suspended: two who were not active, and one whose domain is not allowed. */
export async function soakStage(): Promise<Place> {
  const folder = await policyFolder(await suspending(policiesFolder))
  const started = await start({ listen: true, allow: guardsInTheWay })
  const plan = valueOf(await started.plan(folder))
  valueOf(await started.apply(plan))
  await carryOutConsoleSteps(started, plan)
  await attestUnverified(started, folder, plan)
  // Else each check would ask for each external account when it was last active.
  valueOf(await observeFiles(started, folder, [await exportFile(started, 'external-users.csv')]))
  started.clock.time += 11 * 60_000
  return { started, folder, facts: (await started.ledger.read('evidence'))?.facts ?? [] }
}

async function suspending(folder: string): Promise<Readonly<Record<string, string>>> {
  const files = (await filesIn(folder)).map(async file => {
    const content = (await readFile(join(folder, file), 'utf8'))
      .replace('onViolation: report', 'onViolation: suspend')
      .replace('suspensions: 1', 'suspensions: 0')
      .replace('freelance.example, ', '')
    return [file, content] as const
  })
  return Object.fromEntries(await Promise.all(files))
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found.filter(file => file.isFile()).map(file => relative(folder, join(file.parentPath, file.name)))
}

/** How large a ledger is. The events of the audit log are counted apart: they are kept as long as Atlassian keeps them. */
export async function ledgerSize(
  folder: string,
): Promise<{ readonly files: number; readonly bytes: number; readonly auditBytes: number }> {
  const files = await filesIn(folder)
  const sizes = await Promise.all(files.map(async file => (await stat(join(folder, file))).size))
  const sum = (counts: (file: string) => boolean): number =>
    sizes.reduce((total, size, index) => (counts(files[index] ?? '') ? total + size : total), 0)
  const isAudit = (file: string): boolean => file.endsWith('audit.json')
  return { files: files.length, bytes: sum(file => !isAudit(file)), auditBytes: sum(isAudit) }
}

/** Somebody who is told by `--webhook`. */
export interface Receiver {
  readonly url: string
  /** What came since this was last asked. */
  readonly taken: () => readonly string[]
}

/** One on loopback, until the test is over. */
export async function receiver(): Promise<Receiver> {
  let bodies: string[] = []
  const server = createServer((request, response) => {
    void text(request).then(body => {
      bodies.push(body)
      response.writeHead(204).end()
    })
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    taken: () => {
      const came = bodies
      bodies = []
      return came
    },
  }
}

/** What a page answers, by a connection of its own that is not kept. */
export const page = (url: string): Promise<{ readonly status: number | undefined; readonly text: string }> =>
  new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, response => {
      text(response).then(body => resolve({ status: response.statusCode, text: body }), reject)
    })
    request.once('error', reject)
  })

/** The numbers of a page of metrics, by name and label. */
export const numbersIn = (metrics: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    metrics
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(line => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  )
