import type { CoverageReport, RequirementResult } from '../../model/coverage.ts'
import { count } from '../../diagnostics/wording.ts'
import { demandWords } from '../coverage-words.ts'
import { placeOf } from '../place.ts'
import { markup, nothing, type Markup } from './markup.ts'
import { digits } from '../digits.ts'
import { folded, named, timeOf, verdict, type Section } from './words.ts'

/** The requirements, whether they are met and by how much, and who is excepted until when. */
export const requirementsSection = ({ requirements }: CoverageReport, folder: string): Section => ({
  id: 'requirements',
  title: 'Requirements',
  body:
    requirements.length === 0
      ? markup`<p>None: a <code>CoverageRequirement</code> says who must pass what.</p>`
      : markup`<ul class="cards">${requirements.map(requirement => one(requirement, folder))}</ul>`,
})

function one(requirement: RequirementResult, folder: string): Markup {
  const { name, met, percent, required, severity, population, meeting, source } = requirement
  const tone = met ? 'good' : severity === 'error' ? 'bad' : 'warn'
  const words =
    population === 0 ? 'not measured' : met ? 'met' : `not met${severity === 'error' ? '' : ` (${severity})`}`
  return markup`<li class="card"><div class="head"><h3>${named(name)}</h3> ${verdict(population === 0 ? 'plain' : tone, words)}${
    source === undefined ? nothing : markup` <span class="place">${placeOf(folder, source)}</span>`
  }</div>
${
  population === 0
    ? markup`<p>No account is in it, which is not the same as met.</p>`
    : markup`<p><strong>${percent} %</strong> of ${required} % required: ${digits(meeting)} of ${digits(population)} accounts ${demandWords(requirement)}.</p>
${meter(requirement, tone)}`
}${exceptions(requirement)}</li>
`
}

/** The percentage as a bar with a line where it should be. The sentence above says the same. */
const meter = ({ percent, required }: RequirementResult, tone: string): Markup =>
  markup`<svg class="meter ${tone}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="share" width="${within(percent)}" height="6"/><line class="goal" x1="${within(required)}" x2="${within(required)}" y2="6"/></svg>
`

const within = (percent: number): number => Math.min(100, Math.max(0, percent))

function exceptions({ excepted }: RequirementResult): Markup {
  if (excepted.length === 0) return nothing
  const list = markup`<ul>${excepted.map(
    ({ account, exception, owner, expires }) =>
      markup`<li>${named(account.email)} until ${timeOf(expires)}: “${named(exception)}”, owner ${named(owner)}</li>\n`,
  )}</ul>`
  return folded(`${count(excepted.length, 'account')} excepted`, list)
}
