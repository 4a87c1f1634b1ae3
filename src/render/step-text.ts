import stringWidth from 'fast-string-width'
import type { ApiRequest } from '../model/api-request.ts'
import type { FieldChange } from '../model/change.ts'
import { isStrings } from '../model/json.ts'
import type { ConsoleStep, Direction, Step } from '../model/plan.ts'
import { count } from '../diagnostics/wording.ts'
import { valueWords } from './evidence-words.ts'
import { forTerminal } from './harmless.ts'
import { placeOf } from './place.ts'
import type { PlanView } from './plan-text.ts'
import { fitted, pad, paragraph, widest, type Style } from './style.ts'

const marks = { create: '+', update: '~', delete: '-', confirm: '?', move: '>', suspend: '!', restore: '<' } as const

/** Accounts of one step that are listed by default. */
const accountsShown = 20

/** One step: what changes, from what to what, and how. */
export function stepLines(step: Step, view: PlanView): readonly string[] {
  const { style } = view
  return [
    ...headLines(step, view),
    ...(step.reason === undefined
      ? []
      : paragraph(`blocked: ${forTerminal(step.reason)}`, style.width, '      ').map(style.yellow)),
    ...(step.console === undefined ? changeLines(step.changes, style) : consoleLines(step.console, view)),
    ...accountLines(step, view),
    ...(step.requests === undefined || step.requests.length === 0
      ? []
      : [
          ...paragraph(
            `${count(step.requests.length, 'request')}: ${[...new Set(step.requests.map(requestWords))].join(', ')}`,
            style.width,
            '      ',
          ).map(style.dim),
        ]),
  ]
}

/** What it is and where it is governed; the place beneath where it does not fit beside. */
function headLines(step: Step, { style, folder }: PlanView): readonly string[] {
  const title = style.bold(`${step.action} ${step.kind} “${forTerminal(step.name)}”`)
  const head = `  ${mark(step, style)} ${title}${directionWords(step.direction, step.action, style)}`
  const place = step.source === undefined ? '' : placeOf(folder, step.source)
  if (place === '') return fitted([head], style.width)
  return stringWidth(head) + 2 + stringWidth(place) <= style.width
    ? [`${head}  ${style.dim(place)}`]
    : [...fitted([head], style.width), style.dim(`      ${place}`)]
}

/** Which request it is, whatever account it is about. */
const requestWords = ({ method, path }: ApiRequest): string =>
  `${method} …${forTerminal(path.replace(/^\/admin\/(?:control\/)?v\d\/orgs\/[^/]+/, '').replace(/\/users\/[^/]+/, '/users/…'))}`

function mark({ action, direction }: Step, style: Style): string {
  const paint =
    direction === 'loosens'
      ? style.red
      : action === 'confirm'
        ? style.yellow
        : action === 'delete'
          ? style.red
          : style.green
  return paint(marks[action])
}

function directionWords(direction: Direction, action: string, style: Style): string {
  if (action === 'confirm') return ''
  const words = {
    tightens: style.green('tightens'),
    loosens: style.red('loosens'),
    neutral: '',
    unknown: style.yellow('may loosen'),
  }[direction]
  return words === '' ? '' : `  ${words}`
}

function changeLines(changes: readonly FieldChange[], style: Style): readonly string[] {
  const column = widest(
    changes.map(({ path }) => path),
    30,
  )
  return changes.flatMap(({ path, before, after }) => {
    // A list is shown by what goes and what comes.
    if (isStrings(before) && isStrings(after)) {
      return [
        `      ${path}`,
        ...before.filter(item => !after.includes(item)).map(item => style.red(`        - ${forTerminal(item)}`)),
        ...after.filter(item => !before.includes(item)).map(item => style.green(`        + ${forTerminal(item)}`)),
      ]
    }
    return paragraph(
      before === null ? valueWords(after) : `${valueWords(before)} → ${valueWords(after)}`,
      style.width,
      `      ${pad(path, column)}  `,
    )
  })
}

/** What happens to the accounts of a step: `4 accounts lose access`. */
export function accountsWords({ action }: Pick<Step, 'action'>, accounts: number): string {
  const verbs: Readonly<Partial<Record<Step['action'], readonly [string, string]>>> = {
    suspend: ['loses access', 'lose access'],
    restore: ['gets access back', 'get access back'],
    move: ['moves in', 'move in'],
  }
  const [one, several] = verbs[action] ?? ['is concerned', 'are concerned']
  return `${count(accounts, 'account')} ${accounts === 1 ? one : several}`
}

function accountLines({ action, accounts }: Step, { style, verbose }: PlanView): readonly string[] {
  if (accounts === undefined) return []
  const shown = verbose ? accounts : accounts.slice(0, accountsShown)
  // As wide as the first need: with everybody listed there may be half a million.
  const column = widest(
    shown.slice(0, 1000).map(({ account }) => forTerminal(account.email)),
    40,
  )
  return [
    `      ${accountsWords({ action }, accounts.length)}:`,
    ...shown.flatMap(({ account, from, because }) =>
      paragraph(
        style.dim(forTerminal(because ?? `from “${from}”`)),
        style.width,
        `        ${pad(forTerminal(account.email), column)}  `,
      ),
    ),
    ...(shown.length < accounts.length
      ? fitted([style.dim(`        and ${accounts.length - shown.length} more (--verbose shows all)`)], style.width)
      : []),
  ]
}

/** Columns before the name of a setting, and those that its values need at least. */
const settingIndent = 16
const narrowest = 24

function consoleLines(page: ConsoleStep, { style }: PlanView): readonly string[] {
  const { url, clicks, settings, affects, verify, optional = [] } = page
  const column = widest(
    settings.map(item => forTerminal(item.label)),
    30,
  )
  // Where values would have no room beside a column of names, they stand right behind them.
  const label = style.width - settingIndent - column < narrowest ? 0 : column
  return [
    `      open    ${forTerminal(url)}`,
    ...(clicks.length === 0 ? [] : paragraph(clicks.map(forTerminal).join(' → '), style.width, '      click   ')),
    ...settings.flatMap(({ label: name, from, to }, index) =>
      paragraph(
        `${from === undefined ? style.dim('not known') : forTerminal(from)} → ${style.bold(forTerminal(to))}`,
        style.width,
        `      ${index === 0 ? 'set   ' : '      '}  ${pad(forTerminal(name), label)}  `,
      ),
    ),
    ...paragraph(`affects ${forTerminal(affects)}`, style.width, '      '),
    // A command stays whole: it is to be copied.
    ...verify.map(
      (command, index) => `      ${index === 0 ? 'then  ' : '      '}  ${style.cyan(forTerminal(command))}`,
    ),
    ...optional.flatMap(extra => optionalLines(extra, url, style)),
  ]
}

/** What may be done on top of it; its page is told where it is another one. */
const optionalLines = (
  { title, why, url, clicks }: NonNullable<ConsoleStep['optional']>[number],
  shown: string,
  style: Style,
): readonly string[] => [
  ...paragraph(`${forTerminal(title)}, if you like: ${forTerminal(why)}`, style.width, '      also    '),
  ...(url === shown ? [] : [`              open   ${forTerminal(url)}`]),
  ...(clicks.length === 0 ? [] : paragraph(clicks.map(forTerminal).join(' → '), style.width, '              click  ')),
]
