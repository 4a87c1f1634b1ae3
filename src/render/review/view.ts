/** How Markdown for reviewers is to look: a comment, a job summary, an issue. */
export interface ReviewView {
  /** The policy folder, as paths are to be seen from the root of the repository. */
  readonly folder: string
  readonly now: Date
  /** Addresses as `a…@partner.example`, or as they are. Short where nothing is said. */
  readonly emails?: 'short' | 'full'
  /** The page that shows a line of a file; the path is as it is shown. Undefined: the place is shown without a link. */
  readonly lineUrl?: (path: string, line: number) => string | undefined
  /** Whether `<details>` folds parts away (default). Bitbucket shows no HTML: there every part has a heading. */
  readonly folding?: boolean
  /** Characters (UTF-16 code units) that the text may have. */
  readonly limit?: number
  /** Characters of the limit that the caller needs for what it adds. */
  readonly reserve?: number
  /** Markdown: where everything is, said where something had to be left out. */
  readonly whole?: string
}
