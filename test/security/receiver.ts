import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A receiver of webhooks on loopback. */
export interface Receiver {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Starts one that tells all that it is sent, and answers as the path says: it takes it, echoes, redirects, breaks the connection or fails. */
export async function startReceiver(tell: (where: string, text: string) => void): Promise<Receiver> {
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const echo = JSON.stringify(request.headers)
      tell('webhook', `${request.method ?? ''} ${request.url ?? ''}\n${echo}\n${body}`)
      const path = request.url ?? ''
      if (path.endsWith('breaks')) request.socket.destroy()
      else if (path.endsWith('redirects')) response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(echo)
      else if (path.endsWith('echoes')) response.writeHead(400, { 'x-echo': echo }).end(echo + body)
      else response.writeHead(path.endsWith('fails') ? 503 : 200).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
