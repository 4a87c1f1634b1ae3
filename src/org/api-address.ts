import { OrgError } from './org-error.ts'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { isLoopback } from './loopback.ts'

/** The origin of the API, `https://api.atlassian.com` for short of a test. Throws `org/bad-url` for one the key must not go to. */
export function apiOrigin(text: string): string {
  // What is no address may be a secret that was put into the wrong variable.
  if (!URL.canParse(text))
    throw badUrl(/^[a-z\d-]+(\.[a-z\d-]+)+(:\d+)?\/?$/i.test(text) ? text : '…', 'it is no address')
  const url = new URL(text)
  const shown = `${url.protocol}//${url.host}${url.pathname}`
  if (url.username !== '' || url.password !== '') throw badUrl(shown, 'it holds a name or a password')
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw badUrl(shown, 'it stands for the host alone, without a path or a query')
  }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return url.origin
  throw badUrl(shown, 'the key is sent over https only; http is for this machine')
}

const badUrl = (url: string, why: string): OrgError => new OrgError(diagnostic('org/bad-url', { url, why }))
