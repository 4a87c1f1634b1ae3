import type { Plan } from '../model/plan.ts'
import { count } from '../diagnostics/wording.ts'
import { timeWords } from './coverage-words.ts'
import { age } from './evidence-words.ts'
import { effectSections } from './review/effect-sections.ts'
import { fitted } from './review/fit.ts'
import { guardSections } from './review/guard-sections.ts'
import { planHeadline } from './review/headline.ts'
import { penFor, type Pen } from './review/pen.ts'
import { restSections } from './review/rest-sections.ts'
import { stepSections } from './review/step-sections.ts'
import type { ReviewView } from './review/view.ts'
import { weakenedSection } from './review/weakened-section.ts'

/** A plan as Markdown for a reviewer: the first line says it all, then what blocks, what loosens, and the rest. */
export function planMarkdown(plan: Plan, view: ReviewView): string {
  const pen = penFor(view)
  const { requests, digest } = plan
  return fitted(
    [`### ${pen.prose(planHeadline(plan))}`, ...madeFrom(plan, view.now, pen)].join('\n\n'),
    [
      ...guardSections(plan, pen),
      weakenedSection(plan, pen),
      ...stepSections(plan, pen),
      ...effectSections(plan, pen),
      ...restSections(plan, view.now, pen),
      {
        rank: 2,
        what: 'lines about requests',
        blocks: [
          `Requests: ${count(requests.reads, 'read')} done, ${count(requests.writes, 'write')} to do.${plan.snapshot === undefined ? ` Digest: ${pen.code(digest)}` : ''}`,
        ],
      },
    ],
    view,
  )
}

/** Which organization, what it is compared with, and how much it can be trusted. */
function madeFrom({ organization, base, snapshot, commit }: Plan, now: Date, pen: Pen): readonly string[] {
  const of = `Plan for ${pen.text(organization.name)}${commit === undefined ? '' : ` at ${pen.code(commit)}`}`
  const since =
    base === undefined
      ? ''
      : `, compared with ${pen.code(base.ref)}${base.ref === base.commit ? '' : ` (${pen.code(base.commit)})`}`
  const lines = [`${of}${since}.`]
  if (base?.unknown !== undefined)
    lines.push(
      `What was pending before cannot be told apart, so everything counts as this change: ${base.unknown === 'no-documents' ? 'the documents were not there yet' : 'no plan could be made of the documents as they were'}.`,
    )
  if (snapshot !== undefined) {
    const { takenAt, validUntil, signedBy, trusted } = snapshot
    const ago = age(takenAt, now)
    const over = Date.parse(validUntil) < now.getTime()
    lines.push(
      `Made from a snapshot ${ago === 'now' ? 'of just now' : `of ${ago} ago`}, ${over ? '**valid no more since**' : 'valid until'} ${pen.text(timeWords(validUntil))}, signed by ${pen.code(signedBy)}${trusted ? '' : ', a key that the documents do **not** name as trusted'}. Such a plan is never carried out.`,
    )
  }
  return lines
}
