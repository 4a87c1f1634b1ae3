/** A start tag as it was written, with its attributes resolved. */
export interface Tag {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

const voids = new Set(['meta', 'link', 'col', 'br', 'input'])
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const token = /<!doctype html>|<\/([\w-]+)>|<([\w-]+)((?: [\w:-]+(?:="[^"]*")?)*) ?(\/?)>|([^<]+)/y

/** The text of HTML with its entities resolved. */
export const textOf = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&([\w#]+);/g, (whole, name: string) => entities[name] ?? whole)

/**
 * The start tags of a page that is written as strictly as XML: every element is closed, every value stands in double quotes, no character that could
 * start markup stands in a text. Throws at everything else. Inside a script or a style nothing is read.
 */
export function tagsOf(html: string): readonly Tag[] {
  const tags: Tag[] = []
  const open: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < html.length) {
    const at = token.lastIndex
    const match = token.exec(html)
    if (match === null) throw new Error(`not as strict as promised at ${html.slice(at, at + 60)}`)
    const [, closed, name, attributes = '', empty, text] = match
    if (closed !== undefined && open.pop() !== closed) throw new Error(`</${closed}> closes nothing`)
    // Charts leave quotes as they are in a text, which is harmless there.
    if (text !== undefined && />|&(?!(?:amp|lt|gt|quot|#39);)/.test(text))
      throw new Error(`a bare character in ${text}`)
    if (name === undefined) continue
    tags.push({ name, attributes: attributesOf(attributes) })
    if (empty === '' && !voids.has(name)) open.push(name)
    if (name === 'script' || name === 'style') token.lastIndex = html.indexOf(`</${name}>`, token.lastIndex)
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(', ')}`)
  return tags
}

function attributesOf(source: string): Readonly<Record<string, string>> {
  const found = [...source.matchAll(/ ([\w:-]+)(?:="([^"]*)")?/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  )
  if (new Set(found.map(([name]) => name)).size < found.length)
    throw new Error(`an attribute stands twice in ${source}`)
  return Object.fromEntries(found)
}

/** The text of the one script or style of a page. */
export function onlyText(html: string, name: 'script' | 'style'): string {
  const found = [...html.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, 'g'))]
  if (found.length !== 1) throw new Error(`${found.length} times <${name}>`)
  return found[0]?.[1] ?? ''
}
