import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { isLoopback } from '../org/loopback.ts'

/** The address below which the pages of the console are. It is printed as a link, for people to click and sign in at: https, except on this machine. */
export function consoleAddress(text: string): Outcome<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || /[\s\p{Cc}\p{Cf}]/u.test(text)) return refused('…', 'the console is a web page')
  const shown = `${url.protocol}//${url.host}${url.pathname}`
  if (url.username !== '' || url.password !== '') return refused(shown, 'it holds a name or a password')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    return refused(shown, 'people sign in at the console: https only, and http on this machine')
  if (url.search !== '' || url.hash !== '') return refused(shown, 'paths are put behind it: no query')
  return outcome(text.replace(/\/+$/, ''), [])
}

const refused = (url: string, why: string): Outcome<string> => failed(diagnostic('org/bad-url', { url, why }))
