import type { HttpRequest, HttpResponse } from '../../src/org/transport.ts'

/** What becomes of a request: it is answered otherwise, or the connection fails. `carryOut` has the organization do it. */
export type Strike = (
  request: HttpRequest,
  carryOut: (request?: HttpRequest) => Promise<HttpResponse>,
) => Promise<HttpResponse>

const answer =
  (
    status: number,
    body: (echo: string) => unknown,
    headers: (echo: string) => Readonly<Record<string, string>> = () => ({}),
  ): Strike =>
  request => {
    const echo = request.headers['authorization'] ?? ''
    const content = body(echo)
    return Promise.resolve({
      status,
      headers: headers(echo),
      body: typeof content === 'string' ? content : JSON.stringify(content),
    })
  }

const broken =
  (code: string): Strike =>
  request =>
    Promise.reject(
      new TypeError(`fetch failed: ${JSON.stringify(request)}`, {
        cause: Object.assign(new Error(request.headers['authorization']), { code, headers: request.headers }),
      }),
    )

const vendor = (echo: string) => ({
  errors: [{ id: echo, status: echo, code: echo, title: `Token ${echo} refused`, detail: echo, context: { echo } }],
  message: echo,
  acceptableScopes: [echo, `read:${echo}`],
})

const everywhere = (echo: string) => ({
  'x-trace-id': echo,
  'atl-traceid': echo,
  'www-authenticate': `Bearer error="invalid_token", error_description="${echo}"`,
  'set-cookie': `session=${encodeURIComponent(echo)}`,
  'retry-after': echo,
  'x-ratelimit-reset': echo,
})

const page = (echo: string): string =>
  `<!doctype html><html><title>Proxy</title><pre>Authorization: ${echo}</pre></html>`

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A text with the echo in the place of every word that people would read. */
const named = (body: string, echo: string): string =>
  body.replaceAll(
    /"(name|nickname|title|directoryName|message|job_title)":"[^"]*"/g,
    (_, member: string) => `"${member}":${JSON.stringify(echo)}`,
  )

/** Every kind of fault, each with the key in all that a server or a proxy can put it into. */
export const faults: Readonly<Record<string, Strike>> = {
  'a wrong key': (request, carryOut) =>
    carryOut({ ...request, headers: { ...request.headers, authorization: 'Bearer x' } }),
  'a revoked key, 401': answer(401, echo => ({ code: 401, message: `Unauthorized: ${echo}` })),
  'an expired key, 401 in a header': answer(401, () => '', everywhere),
  '401 with half of the key': answer(401, echo => ({ message: `the token ${echo.slice(7, 40)}… has ended` })),
  '401 with the key in base64': answer(401, echo => ({
    message: base64(echo),
    errors: [{ title: base64(`x${echo}`) }],
  })),
  '401 with the key for a URL': answer(401, echo => ({
    message: `see https://login.example/?t=${encodeURIComponent(echo)}`,
  })),
  '403 that lists scopes': answer(403, vendor),
  '403 of the gateway': answer(403, echo => ({ code: 403, message: echo }), everywhere),
  '403 as a page': answer(403, page),
  '404': answer(404, vendor, everywhere),
  '404 as a page': answer(404, page),
  '400 in another form': answer(400, echo => ({ error: { code: echo, title: echo, detail: echo } })),
  '400 with escaped characters': answer(
    400,
    echo => `{"message":"${echo.replaceAll(/[=A]/g, each => `\\u00${each.charCodeAt(0).toString(16)}`)}"}`,
  ),
  '409': answer(409, vendor),
  '410': answer(410, vendor),
  '429': answer(429, vendor, () => ({ 'retry-after': '1' })),
  '429 with an echo for a time': answer(429, vendor, everywhere),
  '500': answer(500, vendor, everywhere),
  '502 as a page': answer(502, page),
  'a redirect to another host': answer(302, page, echo => ({
    location: `https://evil.example/${encodeURIComponent(echo)}?t=${echo}`,
  })),
  'a redirect to a host named after the key': answer(307, page, echo => ({
    location: `https://${echo.slice(7, 47)}.example/`,
  })),
  'a redirect to http': answer(308, page, () => ({ location: 'http://api.atlassian.com/' })),
  'a page in place of JSON': answer(200, page),
  'garbled JSON': answer(200, echo => `{"data":[{"id":"${echo}","name":"${echo}`),
  'JSON without data': answer(200, vendor),
  'the key in names': async (request, carryOut) => {
    const real = await carryOut()
    return { ...real, body: named(real.body, request.headers['authorization'] ?? '') }
  },
  'the key in addresses': async (request, carryOut) => {
    const real = await carryOut()
    const key = request.headers['authorization']?.slice('Bearer '.length) ?? ''
    return {
      ...real,
      body: real.body.replaceAll(/"email":"([^"@]*)@/g, (_, local: string) => `"email":"${local}+${key}@`),
    }
  },
  'an answer with the key in its headers': async (request, carryOut) => {
    const real = await carryOut()
    return { ...real, headers: { ...real.headers, ...everywhere(request.headers['authorization'] ?? '') } }
  },
  'a reset': broken('ECONNRESET'),
  'a refused connection': broken('ECONNREFUSED'),
  'a code that is the key': request =>
    broken(request.headers['authorization'] ?? '')(request, () => Promise.reject(new Error())),
  'a certificate that is not trusted': broken('SELF_SIGNED_CERT_IN_CHAIN'),
  'no answer in time': broken('UND_ERR_HEADERS_TIMEOUT'),
  'a lost response': async (request, carryOut) => {
    await carryOut()
    return broken('ECONNRESET')(request, carryOut)
  },
}
