import type { AttestReport, ObserveReport, StatedFact } from '../model/reports.ts'
import { count } from '../diagnostics/wording.ts'
import { valueWords } from './evidence-words.ts'
import { forTerminal } from './harmless.ts'
import { fitted, pad, paragraph, widest, type Style } from './style.ts'

const factLines = (facts: readonly StatedFact[], { width }: Style): readonly string[] => {
  const column = widest(
    facts.map(({ path }) => path),
    34,
  )
  const objects = [...new Set(facts.map(({ kind, name }) => `${kind} “${forTerminal(name)}”`))]
  return objects.flatMap(object => [
    ...fitted([`  ${object}`], width),
    ...facts
      .filter(({ kind, name }) => `${kind} “${forTerminal(name)}”` === object)
      .flatMap(({ path, value }) => paragraph(valueWords(value), width, `    ${pad(path, column)}  `)),
  ])
}

/** What was taken in from console exports. */
export const observeText = ({ files }: ObserveReport, style: Style): string =>
  files
    .flatMap(({ file, title, exportedAt, rows, facts, export: kind }) => [
      ...fitted(
        [`${style.bold(forTerminal(file))}: ${title}, exported ${exportedAt}, ${count(rows, 'row')}`],
        style.width,
      ),
      ...(facts.length === 0
        ? paragraph(
            kind === 'external-users'
              ? 'who is external and when they were active; it holds no setting of the external user policy: attest those'
              : 'joined with the policies of the accounts when a plan is made',
            style.width,
            '  ',
          )
        : factLines(facts, style)),
      '',
    ])
    .join('\n')

/** What was stated, by whom. */
export const attestText = ({ by, at, facts }: AttestReport, style: Style): string =>
  [
    ...fitted([`${style.bold('Recorded')}, attested by ${forTerminal(by)} at ${at}`], style.width),
    ...factLines(facts, style),
    '',
  ].join('\n')
