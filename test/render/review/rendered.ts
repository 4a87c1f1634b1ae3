import { parseHTML } from 'linkedom'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { expect } from 'vitest'
import { acting } from '../hostile-text.ts'

/** Markdown as a forge shows it: with its own extensions, and with HTML, which is how `<details>` works. */
export const htmlOf = (markdown: string): string =>
  micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  })

/** Elements that the renderers make, and no others. */
const ours = new Set(
  'h3 h4 p ul ol li code strong table thead tbody tr th td details summary a br blockquote input'.split(' '),
)

/** What the tests ask of a document: the program is compiled without the types of a browser. */
interface Part {
  readonly nodeType: number
  readonly textContent: string
  readonly localName: string
  readonly parentElement: Part | null
  readonly childNodes: Iterable<Part>
  readonly attributes: Iterable<{ readonly name: string }>
  getAttribute(name: string): string | null
  querySelectorAll(selector: string): Iterable<Part>
}

export const bodyOf = (markdown: string): Part =>
  (
    parseHTML(`<!doctype html><html><body>${htmlOf(markdown)}</body></html>`) as {
      readonly document: { readonly body: Part }
    }
  ).document.body

/** The elements in order, with how deep each is. Only code and links depend on what names hold. */
export const shapeOf = (markdown: string): readonly string[] =>
  [...bodyOf(markdown).querySelectorAll('*')]
    .map(element => ({ name: element.localName, depth: depthOf(element) }))
    .filter(({ name }) => name !== 'code' && name !== 'a')
    .map(({ name, depth }) => `${depth} ${name}`)

function depthOf(element: Part): number {
  let depth = 0
  for (let one = element.parentElement; one !== null; one = one.parentElement) depth++
  return depth
}

/** Fails unless what is shown is made of the renderer's own elements and links, and no text of it is more than text. */
export function expectHarmless(markdown: string, mayLinkTo: readonly string[]): void {
  const body = bodyOf(markdown)
  // One look at all of them: there are thousands.
  const elements = [...body.querySelectorAll('*')]
  expect(elements.map(({ localName }) => localName).filter(name => !ours.has(name))).toEqual([])
  const attributes = elements.flatMap(element => [...element.attributes].map(({ name }) => name))
  expect(attributes.filter(name => !allowed.has(name))).toEqual([])
  const links = [...body.querySelectorAll('a')].map(link => link.getAttribute('href') ?? '')
  expect(links.filter(href => !mayLinkTo.some(start => href.startsWith(start)))).toEqual([])
  // Mentions, references to issues and the like, addresses.
  const acts = /@(?!\u200d)|[#!~%$^](?=[\w"])|\bGH-\d|:\/\/|www\./i
  expect(textsOutsideCode(body).filter(text => acts.test(text))).toEqual([])
  expect(body.textContent.replaceAll('\u200d', '')).not.toMatch(acting)
  // Quick actions of GitLab.
  expect(markdown).not.toMatch(/^\s*\//m)
  expectTables(markdown)
  const folds = markdown.match(/^<\/?details>/gm) ?? []
  expect(folds.filter(tag => tag === '<details>')).toHaveLength(folds.length / 2)
}

const allowed = new Set(['href', 'align', 'type', 'disabled', 'checked'])

/** Text that a forge looks for mentions and references in. Text of links is what it is. */
function textsOutsideCode(element: Part): readonly string[] {
  if (element.localName === 'code' || element.localName === 'a') return []
  return [...element.childNodes].flatMap(node =>
    node.nodeType === 3 ? [node.textContent] : node.nodeType === 1 ? textsOutsideCode(node) : [],
  )
}

/** Each row has as many cells as the head of its table: a renderer would fill up or drop what is not so. */
function expectTables(markdown: string): void {
  let columns: number | undefined
  const uneven = markdown.split('\n').filter(line => {
    if (!line.startsWith('|')) {
      columns = undefined
      return false
    }
    const cells = line.replace(/\\[\\|]/g, '').split('|').length - 2
    columns ??= cells
    return cells !== columns
  })
  expect(uneven).toEqual([])
}
