import type { ImportReport } from '../model/import-report.ts'
import { forTerminal } from './harmless.ts'
import { filesWords, foundWords, leftOutSubject, nextCommands, waysToObserve } from './import-words.ts'
import { pad, paragraph, widest, type Style } from './style.ts'

/** What an import found, wrote and left out. */
export const importText = (report: ImportReport, style: Style): string =>
  [
    style.bold(`Import of ${forTerminal(report.organization.name)}`) +
      style.dim(` (${forTerminal(report.organization.id)})`),
    ...paragraph(foundWords(report), style.width),
    '',
    ...fileLines(report, style),
    '',
    ...unobservedLines(report, style),
    ...leftOutLines(report, style),
    '',
  ].join('\n')

/** What to run next. */
export function importNextText(report: ImportReport, style: Style): string {
  const commands = nextCommands(report)
  const column = widest(
    commands.map(([command]) => command),
    40,
  )
  return [
    style.bold('Next'),
    ...commands.flatMap(([command, why]) =>
      paragraph(why, style.width, `  ${pad(forTerminal(command), column)}  `).map((line, index) =>
        index === 0 ? line : style.dim(line),
      ),
    ),
    '',
  ].join('\n')
}

/** How each file changes, in the unified format. The schema is the same for everybody, and long. */
export const importDiffText = ({ files }: ImportReport): string =>
  files
    .filter(({ file }) => !file.endsWith('.json'))
    .map(({ diff }) => diff.split('\n').map(forTerminal).join('\n'))
    .join('')

function fileLines(report: ImportReport, style: Style): readonly string[] {
  const { files } = report
  return [
    ...paragraph(forTerminal(filesWords(report)), style.width).map(files.length === 0 ? style.green : style.bold),
    ...files.map(({ file, change }) => `  ${pad(change, 7)}  ${forTerminal(file)}`),
    ...(report.facts > 0
      ? paragraph(
          `${report.written ? 'Recorded' : 'To be recorded'} as evidence from the exports: ${report.facts} settings`,
          style.width,
        )
      : []),
  ]
}

function unobservedLines(report: ImportReport, style: Style): readonly string[] {
  const ways = waysToObserve(report)
  if (ways.length === 0) return []
  return [
    ...paragraph('Not yet observed, so left out of the documents and not managed', style.width).map(style.bold),
    ...ways.flatMap(({ title, objects, commands }) => [
      ...paragraph(`${title}:`, style.width, '  '),
      ...objects.flatMap(({ kind, name, paths }) =>
        paragraph(`${kind} “${forTerminal(name)}”: ${paths.join(', ')}`, style.width, '    ', '      '),
      ),
      // A command that was broken into lines could not be copied.
      ...commands.map(command => style.cyan(`  → ${forTerminal(command)}`)),
    ]),
    '',
  ]
}

/** An organization with lapsed domains leaves out thousands of accounts, each with its reason. */
const mostLeftOut = 25

function leftOutLines({ leftOut }: ImportReport, style: Style): readonly string[] {
  if (leftOut.length === 0) return []
  return [
    style.bold('Left out'),
    ...leftOut
      .slice(0, mostLeftOut)
      .flatMap(part => paragraph(forTerminal(`${leftOutSubject(part)}: ${part.why}`), style.width, '  - ', '    ')),
    ...(leftOut.length > mostLeftOut ? [`  … and ${leftOut.length - mostLeftOut} more: see --format json`] : []),
    '',
  ]
}
