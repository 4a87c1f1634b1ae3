import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A running server, as scripts/radosgw.mjs tells of it. */
export interface Radosgw {
  readonly endpoint: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly stop: () => Promise<void>
}

/** What is missing to start one; empty where nothing is. */
export const missingForRadosgw: readonly string[] = ['radosgw', 'ceph-mon', 'ceph-osd'].filter(
  command => spawnSync(command, ['--version']).status !== 0,
)

/** Starts a real S3 server. It ends with this process, however that ends, since its stdin does. */
export async function startRadosgw(): Promise<Radosgw> {
  const server = spawn(process.execPath, ['scripts/radosgw.mjs'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>(resolve => server.once('exit', () => resolve()))
  for await (const line of createInterface({ input: server.stdout }))
    return {
      ...(JSON.parse(line) as Omit<Radosgw, 'stop'>),
      stop: () => {
        server.stdin.end()
        return ended
      },
    }
  throw new Error('radosgw did not start')
}
