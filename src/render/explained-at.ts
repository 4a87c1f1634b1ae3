/** Where codes are explained, each under an anchor of its name: a page of Postern's own documentation. To be its web address once it has one. */
export const codesPage = 'docs/troubleshooting.md'

/** Where a code is explained, in words. */
export const explainedIn = (code: string, page = codesPage): string =>
  isOnTheWeb(page) ? `explained at ${page}#${code}` : `explained in Postern’s ${page}#${code}`

/** The address that a code can be linked to; undefined where the page has none on the web, since a link into another repository would lead nowhere. */
export const explainedAt = (code: string, page = codesPage): string | undefined =>
  isOnTheWeb(page) ? `${page}#${code}` : undefined

const isOnTheWeb = (page: string): boolean => page.startsWith('https://')
