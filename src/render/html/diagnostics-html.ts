import type { DiagnosticDocument } from '../../model/diagnostic-document.ts'
import { tally } from '../diagnostics-text.ts'
import { explainedAt } from '../explained-at.ts'
import { placeOf } from '../place.ts'
import { markup, type Markup } from './markup.ts'
import { prose, verdict, type Section } from './words.ts'

const tones = { error: 'bad', warning: 'warn', note: 'plain' } as const

/** Diagnostics as a section; none where nothing was noticed. */
export const diagnosticsSection = (
  diagnostics: readonly DiagnosticDocument[],
  folder: string,
  page?: string,
): readonly Section[] =>
  diagnostics.length === 0
    ? []
    : [
        {
          id: 'messages',
          title: 'Messages',
          body: markup`<p>${tally(diagnostics)}</p>
<ul class="cards">${diagnostics.map(found => one(found, folder, page))}</ul>`,
        },
      ]

function one(found: DiagnosticDocument, folder: string, page?: string): Markup {
  const { severity, code, summary, hint, file, related = [] } = found
  return markup`<li class="card"><div class="head">${verdict(tones[severity], severity)} ${linkedCode(code, page)}${
    file === undefined ? undefined : markup` <span class="place">${placeOf(folder, found)}</span>`
  }</div>
<p class="sentence">${prose(summary)}</p>
${related.map(other => markup`<p class="place">${placeOf(folder, other)}: ${prose(other.summary)}</p>\n`)}${
    hint === undefined ? undefined : markup`<p class="muted sentence">${prose(hint)}</p>`
  }</li>
`
}

function linkedCode(code: string, page?: string): Markup {
  const address = explainedAt(code, page)
  return address === undefined ? markup`<code>${code}</code>` : markup`<a href="${address}"><code>${code}</code></a>`
}
