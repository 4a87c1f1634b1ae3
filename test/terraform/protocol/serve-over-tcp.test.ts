import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { readHandshake, type Handshake } from '../../../src/terraform/protocol/handshake.ts'
import { serve } from '../../../src/terraform/protocol/serve.ts'
import { magicCookie } from '../plugin-client.ts'
import { smallProvider } from '../small-provider.ts'

const asked = (env: Readonly<Record<string, string>>): Handshake => {
  const started = readHandshake({ TF_PLUGIN_MAGIC_COOKIE: magicCookie, PLUGIN_PROTOCOL_VERSIONS: '6', ...env })
  return 'handshake' in started ? started.handshake : expect.fail(JSON.stringify(started))
}

const serving = (handshake: Handshake) =>
  serve({
    handshake,
    provider: Promise.resolve(smallProvider()),
    log: () => undefined,
    now: () => new Date(),
    platform: 'win32',
    onShutdown: () => undefined,
  })

/** Takes a port of this machine. */
async function taken() {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return { port: (server.address() as AddressInfo).port, free: () => new Promise(done => server.close(done)) }
}

describe('on Windows, where Terraform connects to a port', () => {
  it('takes one of this machine only', async () => {
    const { line, folder, close } = await serving(asked({}))
    expect(line).toMatch(/^1\|6\|tcp\|127\.0\.0\.1:[1-9]\d*\|grpc\|$/)
    expect(folder).toBeUndefined()
    await close()
  })

  it('takes the next where one is taken', async () => {
    const { port, free } = await taken()
    const { line, close } = await serving(asked({ PLUGIN_MIN_PORT: `${port}`, PLUGIN_MAX_PORT: `${port + 20}` }))
    const chosen = Number(/:(\d+)\|/.exec(line)?.[1])
    expect(chosen).toBeGreaterThan(port)
    expect(chosen).toBeLessThanOrEqual(port + 20)
    await close()
    await free()
  })

  it('says so where none is free', async () => {
    const { port, free } = await taken()
    await expect(serving(asked({ PLUGIN_MIN_PORT: `${port}`, PLUGIN_MAX_PORT: `${port}` }))).rejects.toThrow(
      `the provider cannot listen on 127.0.0.1:${port}`,
    )
    await free()
  })

  it.each(['0', '', 'x', '70000', '-1'])('lets the system choose for a port %j', text => {
    expect(asked({ PLUGIN_MIN_PORT: text, PLUGIN_MAX_PORT: '5' }).ports[0]).toBe(0)
  })
})
