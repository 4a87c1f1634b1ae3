import type { Json } from '../model/json.ts'
import type { ApiResponse, Send } from './send.ts'
import type { Transport } from './transport.ts'

/** Speaks JSON over a transport to one origin. Every status comes back as an answer. */
export function jsonSend(transport: Transport, origin: string): Send {
  return async ({ method, path, body }) => {
    const {
      status,
      headers,
      body: text,
    } = await transport({
      method,
      url: origin + path,
      headers: {
        accept: 'application/json',
        'user-agent': 'postern',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status, headers, ...parsed(text) }
  }
}

// Judged by the text alone: a content type of JSON proves nothing where a proxy cut the answer off.
function parsed(text: string): Pick<ApiResponse, 'content' | 'body'> {
  if (text.trim() === '') return { content: 'empty' }
  try {
    return { content: 'json', body: JSON.parse(text) as Json }
  } catch {
    return { content: 'other' }
  }
}
