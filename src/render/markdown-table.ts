/** A table of Markdown. Cells are Markdown already, of one line; the columns in `numbers` are set to the right. */
export const markdownTable = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[] = [],
): readonly string[] => [
  `| ${header.join(' | ')} |`,
  `|${header.map((_, index) => (numbers.includes(index) ? '--:' : '---')).join('|')}|`,
  ...rows.map(row => `| ${row.join(' | ')} |`),
  '',
]

/** A part that is folded away under a line; nothing where it is empty. */
export const folded = (summary: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0
    ? []
    : [`<details><summary>${summary}</summary>`, '', ...lines, ...(lines.at(-1) === '' ? [] : ['']), '</details>', '']
