/** An element as it was written: attributes and text with their entities resolved. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

const token = /<\?xml [^?]*\?>|<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<]+)/y
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Reads well-formed XML without comments, CDATA or namespaces, and throws at everything else. */
export function parseXml(source: string): XmlElement {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(source)) throw new Error('not a character of XML')
  interface Open {
    name: string
    attributes: Record<string, string>
    children: XmlElement[]
    text: string
  }
  const root: Open = { name: '', attributes: {}, children: [], text: '' }
  const open: Open[] = [root]
  token.lastIndex = 0
  while (token.lastIndex < source.length) {
    const at = token.lastIndex
    const match = token.exec(source)
    if (match === null) throw new Error(`not well formed at ${source.slice(at, at + 40)}`)
    const [, closed, opened, attributes = '', empty, text] = match
    const current = open.at(-1) ?? root
    if (text !== undefined) current.text += resolved(text)
    if (opened !== undefined) {
      const element: Open = { name: opened, attributes: {}, children: [], text: '' }
      for (const [, name = '', value = ''] of attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)) {
        if (Object.hasOwn(element.attributes, name)) throw new Error(`${name} stands twice`)
        element.attributes[name] = resolved(value)
      }
      current.children.push(element)
      if (empty === '') open.push(element)
    }
    if (closed !== undefined && open.pop()?.name !== closed) throw new Error(`</${closed}> closes nothing`)
  }
  const [document, ...more] = root.children
  if (document === undefined || more.length > 0 || open.length > 1) throw new Error('not one element')
  return document
}

const resolved = (text: string): string =>
  text.replace(/&(\w*)(;?)/g, (_, name: string, end: string) => {
    const character = entities[name]
    if (character === undefined || end === '') throw new Error(`&${name} is no entity`)
    return character
  })
