import type { Transport } from './transport.ts'

/** A transport over a `fetch`: that of a server in the same process, or a scripted one. It is given whole requests. */
export function fetchTransport(fetch: (request: Request) => Response | Promise<Response>): Transport {
  return async ({ method, url, headers, body, signal }) => {
    const request = new Request(url, {
      method,
      headers,
      body: body ?? null,
      signal: signal ?? null,
      redirect: 'manual',
    })
    const response = await fetch(request)
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  }
}
