import { count } from '../diagnostics/wording.ts'
import type { DoctorCheck, DoctorReport } from '../model/doctor-report.ts'
import { forTerminal } from './harmless.ts'
import { pad, paragraph, widest, type Style } from './style.ts'

type Status = DoctorCheck['status']

const signs: Readonly<Record<Status, string>> = { ok: 'ok', warning: '!', failed: 'x', 'not-checked': '-' }

/** A sign alone says too little, and a colour is not seen by everybody: what is not ok begins with its word. */
const words: Readonly<Record<Status, string>> = {
  ok: '',
  warning: 'warning: ',
  failed: 'failed: ',
  'not-checked': 'not checked: ',
}

/** Room that the summary needs beside the names; where there is less it stands beneath. */
const narrowest = 36

/** Checks as aligned lines, each with what to do beneath it. */
export function doctorChecksText(checks: readonly DoctorCheck[], style: Style): string {
  const paint = { ok: style.green, warning: style.yellow, failed: style.red, 'not-checked': style.dim }
  const column = widest(
    checks.map(({ check }) => check),
    24,
  )
  const indent = 4 + column + 2
  const beside = style.width - indent >= narrowest
  const margin = ' '.repeat(beside ? indent : 4)
  return checks
    .flatMap(({ check, status, summary, fix }) => {
      const lines = paragraph(words[status] + forTerminal(summary), style.width, margin)
      const head = paint[status](pad(signs[status], 4)) + style.bold(pad(forTerminal(check), beside ? column : 0))
      const [first = '', ...rest] = lines
      return [
        ...(beside ? [`${head}  ${first.slice(indent)}`, ...rest] : [head, ...lines]),
        ...(fix === undefined ? [] : paragraph(forTerminal(fix), style.width, `${margin}→ `)),
      ]
    })
    .map(line => `${line.trimEnd()}\n`)
    .join('')
}

/** What was looked at, and how much of it is wrong. */
export function doctorText({ organization, checks }: DoctorReport, style: Style): string {
  const about =
    organization === undefined
      ? []
      : [style.bold(`Organization ${forTerminal(organization.name)} (${forTerminal(organization.id)})`), '', '']
  return `${about.join('\n')}${doctorChecksText(checks, style)}\n${doctorTally(checks)}\n`
}

/** `9 ok, 1 warning, 1 failed, 2 not checked`. */
export const doctorTally = (checks: readonly DoctorCheck[]): string => {
  const number = (wanted: Status): number => checks.filter(({ status }) => status === wanted).length
  return [
    `${number('ok')} ok`,
    ...(number('warning') === 0 ? [] : [count(number('warning'), 'warning')]),
    ...(number('failed') === 0 ? [] : [`${number('failed')} failed`]),
    ...(number('not-checked') === 0 ? [] : [`${number('not-checked')} not checked`]),
  ].join(', ')
}
