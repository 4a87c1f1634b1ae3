import { markup, trusted, type Markup } from './markup.ts'

/** What the chart library draws, as far as it matters here. */
interface Drawn {
  readonly outerHTML: string
  querySelectorAll: (selector: string) => Iterable<Drawn>
  getAttributeNames: () => readonly string[]
  getAttribute: (name: string) => string | null
  setAttribute: (name: string, value: string) => void
  removeAttribute: (name: string) => void
  remove: () => void
}

/**
 * A chart as an image that stands for itself: one name for screen readers, no style element and no style attribute, which the security policy of
 * the page would refuse. The page's own style colours it.
 */
export function staticSvg(figure: unknown, name: string, className: 'wide' | 'narrow'): Markup {
  const svg = figure as Drawn
  for (const style of svg.querySelectorAll('style')) style.remove()
  for (const element of [svg, ...svg.querySelectorAll('*')])
    for (const attribute of element.getAttributeNames()) {
      const value = element.getAttribute(attribute) ?? ''
      // An image has no parts for a screen reader.
      if (/^aria-|^style$|^class$|^on/.test(attribute)) element.removeAttribute(attribute)
      else
        element.setAttribute(
          attribute,
          value.replace(/\d+\.\d{3,}/g, digits => String(Math.round(Number(digits) * 100) / 100)),
        )
    }
  // The library leaves `<` as it is in attributes: right, and yet nothing that a page should hold of a name.
  return markup`<svg class="${className}" role="img" aria-label="${name}"${trusted(svg.outerHTML.slice('<svg'.length))}`
}
