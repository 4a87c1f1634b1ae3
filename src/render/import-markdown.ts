import type { ImportReport } from '../model/import-report.ts'
import { forMarkdown, forTerminal, markdownCode } from './harmless.ts'
import { filesWords, foundWords, leftOutSubject, waysToObserve } from './import-words.ts'
import { folded, markdownTable } from './markdown-table.ts'

/** What an import found, wrote and left out, for a pull request; `diffs` adds how each file changes. */
export function importMarkdown(report: ImportReport, diffs: boolean): string {
  const { organization, files, leftOut } = report
  const ways = waysToObserve(report)
  return [
    `### Import of ${forMarkdown(organization.name)}`,
    '',
    forMarkdown(foundWords(report)),
    '',
    `**${forMarkdown(filesWords(report))}**`,
    '',
    ...files.map(({ file, change }) => `- ${change}: ${markdownCode(file)}`),
    ...(files.length > 0 ? [''] : []),
    ...(ways.length === 0 ? [] : ['#### Not yet observed, so left out of the documents and not managed', '']),
    ...ways.flatMap(({ title, objects, commands }) => [
      `${forMarkdown(title)}:`,
      '',
      ...markdownTable(
        ['object', 'settings'],
        objects.map(({ kind, name, paths }) => [forMarkdown(`${kind} “${name}”`), paths.map(markdownCode).join(', ')]),
      ),
      ...commands.map(command => `- ${markdownCode(command)}`),
      '',
    ]),
    ...(leftOut.length === 0
      ? []
      : [
          '#### Left out',
          '',
          ...leftOut.map(part => `- ${forMarkdown(leftOutSubject(part))}: ${forMarkdown(part.why)}`),
          '',
        ]),
    ...(diffs
      ? files
          .filter(({ file, diff }) => diff !== '' && !file.endsWith('.json'))
          .flatMap(({ file, diff }) => folded(`<code>${forMarkdown(file)}</code>`, codeBlock(diff)))
      : []),
  ].join('\n')
}

/** Text in a block of code that nothing in it can end. */
function codeBlock(text: string): readonly string[] {
  const lines = text.replace(/\n$/, '').split('\n').map(forTerminal)
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}diff`, ...lines, fence]
}
