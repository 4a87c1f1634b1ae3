import { forTerminal } from '../harmless.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text in which everything can be seen: controls, and marks that hide text or turn its direction, are shown as code points. */
export const visible = (text: string): string =>
  forTerminal(text).replace(/[\ufffe\uffff]/g, character => `\\u{${character.charCodeAt(0).toString(16)}}`)

/** Text in HTML, in an element or in a quoted attribute; what cannot be seen in it is shown. Never for the inside of a script or a style. */
export const forHtml = (text: string): string =>
  visible(text).replace(/[&<>"']/g, character => entities[character] ?? '')
