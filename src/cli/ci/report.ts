import { appendFileSync, existsSync, lstatSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { diagnostic, isError } from '../../diagnostics/diagnostic.ts'
import { fileReason } from '../../diagnostics/file-reason.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import { writeWhole } from '../../operations/write-whole.ts'
import type { Job } from './job.ts'

/** What other steps of a pipeline can go by. */
export type Outputs = Readonly<Record<string, string | number | boolean>>

/** A summary of a step may have a mebibyte: https://docs.github.com/actions/reference/limits. Characters of it, each of three bytes at most. */
const longestSummary = 340_000

/** What a job leaves besides what it posts. */
export interface Left {
  /** The file of the report that holds the whole text. */
  readonly name: string
  /** Writes that text, with so many characters at most. */
  readonly write: (room: { readonly limit?: number }) => string
  readonly outputs: Outputs
  /** Further files of the report. */
  readonly more?: Readonly<Record<string, string>>
}

/** Leaves the report, the summary and the outputs, and says what could not be left. True where everything was. */
export async function leave(job: Job, { name, write, outputs, more = {} }: Left): Promise<boolean> {
  const all = { ...outputs, report: job.flags.report }
  const problems = [
    ...(await writeReport(job, { [name]: write({}), ...more })).diagnostics,
    ...(await tellSystem(job, all, write({ limit: longestSummary }))).diagnostics,
  ]
  job.session.tell(problems)
  return !problems.some(isError)
}

/** Writes files into the folder of the report, for the CI system to keep. */
async function writeReport(
  { session, flags }: Job,
  files: Readonly<Record<string, string>>,
): Promise<Outcome<undefined>> {
  const folder = session.path(flags.report)
  try {
    makeFolder(folder)
    for (const [name, text] of Object.entries(files)) {
      const file = join(folder, name)
      // A pull request may bring links: what is written must not land elsewhere.
      const link = [folder, file].find(isLink)
      if (link !== undefined) return failed(diagnostic('run/unwritable', { file: flags.report, why: 'it is a link' }))
      await writeWhole(file, text)
    }
    return outcome(undefined, [])
  } catch (error) {
    return failed(diagnostic('run/unwritable', { file: flags.report, why: fileReason(error) }))
  }
}

/** Not by `recursive`, which never ends where a folder is there and takes none, as below /proc (Node.js 20). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  const above = dirname(folder)
  if (above !== folder) makeFolder(above)
  mkdirSync(folder)
}

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true

/** Tells the CI system the outputs and, where it shows one, the summary of the job: on GitHub by files it names, elsewhere by a file of variables in the report. */
async function tellSystem(job: Job, outputs: Outputs, summary: string): Promise<Outcome<undefined>> {
  const { env } = job.session.world
  if (job.context.system !== 'github') {
    const lines = Object.entries(outputs).map(([name, value]) => `${variableOf(name)}=${value}\n`)
    return writeReport(job, { 'postern.env': lines.join('') })
  }
  try {
    append(
      env['GITHUB_OUTPUT'],
      Object.entries(outputs)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    )
    append(env['GITHUB_STEP_SUMMARY'], `${summary}\n`)
    return outcome(undefined, [])
  } catch (error) {
    return failed(diagnostic('run/unwritable', { file: 'GITHUB_OUTPUT', why: fileReason(error) }))
  }
}

/** `coverage-after` as a variable: `POSTERN_COVERAGE_AFTER`. */
const variableOf = (name: string): string => `POSTERN_${name.toUpperCase().replaceAll('-', '_')}`

function append(file: string | undefined, text: string): void {
  if (file !== undefined && file !== '') appendFileSync(file, text)
}
