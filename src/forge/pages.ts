import type { Json } from '../model/json.ts'
import type { ForgeAnswer, ForgeCall, ForgeSend } from './call.ts'
import type { Shape } from './shape.ts'

/** All items of a listing whose next page is named in a `Link` header (https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api, https://docs.gitlab.com/api/rest/#pagination-link-header). */
export const linkedPages = (send: ForgeSend, call: ForgeCall, shape: Shape): Promise<readonly Json[]> =>
  pages(send, call, shape, ({ body, headers }) => ({ items: shape.list(body), next: nextLink(headers['link']) }))

/** All items of a listing whose next page is named in the body (https://developer.atlassian.com/cloud/bitbucket/rest/intro/#pagination). */
export const valuePages = (send: ForgeSend, call: ForgeCall, shape: Shape): Promise<readonly Json[]> =>
  pages(send, call, shape, ({ body }) => {
    const page = shape.object(body)
    return { items: shape.list(page['values']), next: typeof page['next'] === 'string' ? page['next'] : undefined }
  })

interface Page {
  readonly items: readonly Json[]
  readonly next: string | undefined
}

/** More pages than any pull request has comments: a listing that names itself as its next page must come to an end. */
export const mostPages = 1000

async function pages(
  send: ForgeSend,
  call: ForgeCall,
  shape: Shape,
  read: (answer: ForgeAnswer) => Page,
): Promise<readonly Json[]> {
  const items: Json[] = []
  let path: string | undefined = call.path
  for (let page = 1; path !== undefined; page++) {
    if (page > mostPages) return shape.other()
    const { items: more, next } = read(await send({ ...call, path }))
    items.push(...more)
    path = next
  }
  return items
}

function nextLink(link: string | undefined): string | undefined {
  const links = [...(link ?? '').matchAll(/<([^>]*)>((?:\s*;\s*\w+="?[^",;]*"?)*)/g)]
  return links.find(([, , parameters = '']) => /\brel=(?:"next"|next\b)/.test(parameters))?.[1]
}
