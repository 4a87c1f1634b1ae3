import type { ApiRequest } from '../../model/api-request.ts'
import type { AccountMove } from '../../model/change.ts'
import { isStrings } from '../../model/json.ts'
import type { ConsoleStep, Step } from '../../model/plan.ts'
import { count } from '../../diagnostics/wording.ts'
import { valueWords } from '../evidence-words.ts'
import { placeOf } from '../place.ts'
import { accountsWords } from '../step-text.ts'
import { dataTable } from './data-table.ts'
import { joined, markup, nothing, type Markup, type Part } from './markup.ts'
import { folded, named, prose, verdict } from './words.ts'

/** Requests of one step that are shown, and characters of the body of each. The JSON of the plan has them whole. */
const requestsShown = 50
const bodyShown = 2000

/** Steps of a plan, each with what changes and how. `all` are those of the whole page in its order, which number them: they point to each other. */
export function stepCards(steps: readonly Step[], all: readonly Step[], folder: string): Markup {
  const numbers = new Map(all.map(({ id }, index) => [id, index + 1]))
  return markup`<ol class="cards">${steps.map(step => one(step, numbers, folder))}</ol>`
}

function one(step: Step, numbers: ReadonlyMap<string, number>, folder: string): Markup {
  const { id, action, kind, name, source, reason, dependsOn } = step
  const number = numbers.get(id) ?? 0
  return markup`<li class="card" id="step-${number}"><div class="head"><h3>${number}. ${action} ${kind} “${named(name)}”</h3> ${direction(step)} ${
    step.status === 'blocked' ? verdict('bad', 'blocked') : nothing
  }${source === undefined ? nothing : markup` <span class="place">${placeOf(folder, source)}</span>`}</div>
${reason === undefined ? nothing : markup`<p>Blocked: ${prose(reason)}</p>\n`}${
    dependsOn.length === 0 ? nothing : markup`<p>After ${joined(dependsOn.map(other => link(other, numbers)))}.</p>\n`
  }${step.console === undefined ? changes(step, number) : consolePage(step.console, action, number)}${accounts(step, number)}${requests(step)}</li>
`
}

function link(id: string, numbers: ReadonlyMap<string, number>): Part {
  const number = numbers.get(id)
  return number === undefined ? id : markup`<a href="#step-${number}">step ${number}</a>`
}

function direction({ action, direction: toward }: Step): Markup {
  // To look at a page changes nothing.
  if (action === 'confirm') return verdict('plain', 'look, then state what is there')
  return {
    tightens: verdict('good', 'tightens'),
    loosens: verdict('bad', 'loosens'),
    neutral: nothing,
    unknown: verdict('warn', 'may loosen'),
  }[toward]
}

const changes = ({ changes: fields }: Step, number: number): Markup =>
  fields.length === 0
    ? nothing
    : dataTable({
        id: `step-${number}-changes`,
        caption: `Step ${number}: what changes`,
        rows: fields,
        columns: [
          { name: 'Field', isRowHeading: true, cell: ({ path }): Markup => markup`<code>${path}</code>` },
          {
            name: 'From',
            cell: ({ before, after }) =>
              isStrings(before) && isStrings(after) ? items('removed', before, after) : valueWords(before),
          },
          {
            name: 'To',
            cell: ({ before, after }) =>
              isStrings(before) && isStrings(after) ? items('added', after, before) : valueWords(after),
          },
        ],
      })

/** A list is shown by what goes and what comes. */
function items(word: string, some: readonly string[], others: readonly string[]): Part {
  const known = new Set(others)
  const own = some.filter(item => !known.has(item))
  return own.length === 0 ? `nothing ${word}` : `${word}: ${own.join(', ')}`
}

function consolePage(
  { url, clicks, settings, affects, verify, optional = [] }: ConsoleStep,
  action: Step['action'],
  number: number,
): Markup {
  return markup`<dl class="facts"><dt>Page</dt><dd>${pageLink(url)}</dd>${
    clicks.length === 0 ? nothing : markup`<dt>Or click</dt><dd>${joined(clicks.map(named), ' → ')}</dd>`
  }<dt>Affects</dt><dd>${affects}</dd></dl>
${
  settings.length === 0
    ? nothing
    : dataTable({
        id: `step-${number}-settings`,
        caption: `Step ${number}: ${action === 'confirm' ? 'what to compare, and to set where it differs' : 'what to set'}`,
        rows: settings,
        columns: [
          { name: 'Setting', isRowHeading: true, cell: ({ label }) => label },
          { name: 'From', cell: ({ from }) => from ?? 'not known' },
          { name: 'To', cell: ({ to }): Markup => markup`<strong>${to}</strong>` },
        ],
      })
}${
    verify.length === 0
      ? nothing
      : markup`<p>Then, so that it is known: ${joined(verify.map(command => markup`<code>${command}</code>`))}</p>\n`
  }${optional.map(
    extra =>
      markup`<p><strong>${extra.title}</strong>, if you like: ${prose(extra.why)}. ${pageLink(extra.url)}${
        extra.clicks.length === 0 ? nothing : markup`, or click ${joined(extra.clicks.map(named), ' → ')}`
      }.</p>\n`,
  )}`
}

/** Only an address of the web becomes a link. */
const pageLink = (url: string): Part =>
  /^https?:\/\/\S+$/.test(url) ? markup`<a href="${url}" rel="noreferrer noopener">Open the page</a>` : url

function accounts(step: Step, number: number): Markup {
  const { accounts: moved = [] } = step
  if (moved.length === 0) return nothing
  const because = moved.some(account => account.because !== undefined)
  const table = dataTable<AccountMove>({
    id: `step-${number}-accounts`,
    caption: `Step ${number}: ${accountsWords(step, moved.length)}`,
    noun: 'accounts',
    filter: moved.length > 20,
    rows: moved,
    columns: [
      { name: 'Account', isRowHeading: true, cell: ({ account }) => account.email },
      { name: step.action === 'move' ? 'From' : 'Now', cell: ({ from }) => from },
      ...(because ? [{ name: 'Why', cell: ({ because: why = '' }: AccountMove) => why }] : []),
    ],
  })
  return moved.length <= 12 ? table : folded(accountsWords(step, moved.length), table)
}

function requests({ requests: own = [] }: Step): Markup {
  if (own.length === 0) return nothing
  const rest = own.length - requestsShown
  return folded(
    count(own.length, 'request'),
    markup`<ul class="plain">${own.slice(0, requestsShown).map(request)}</ul>${
      rest > 0 ? markup`<p>And ${rest} more, in the JSON of the plan.</p>` : nothing
    }`,
  )
}

function request({ method, path, body }: ApiRequest): Markup {
  if (body === undefined) return markup`<li><code>${method} ${path}</code></li>\n`
  const text = JSON.stringify(body)
  const rest = text.length - bodyShown
  return markup`<li><code>${method} ${path}</code><pre>${text.slice(0, bodyShown)}${
    rest > 0 ? ` … and ${rest} more characters, in the JSON of the plan` : ''
  }</pre></li>\n`
}
