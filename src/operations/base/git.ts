import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'

/** What a run of git came to. The code is null where it was ended from outside. */
export interface GitResult {
  readonly code: number | null
  readonly stdout: Uint8Array
  readonly stderr: string
}

/** Runs git with these arguments, without a shell and so that no folder can name programs to run. Undefined where there is no git to run. */
export type RunGit = (
  args: readonly string[],
  options: { readonly cwd: string; readonly input?: string },
) => Promise<GitResult | undefined>

/** git in one folder: what it answered, or that there is none. */
export type AskGit = (args: readonly string[], input?: string) => Promise<Outcome<GitResult>>

/** git as it is asked here, in one folder. */
export const gitIn =
  (runGit: RunGit | undefined, cwd: string): AskGit =>
  async (args, input) => {
    const ran = await runGit?.(args, { cwd, ...(input !== undefined && { input }) })
    return ran === undefined ? failed(diagnostic('base/no-git', {})) : outcome(ran, [])
  }

/** That git could not read what is there, in its own words. */
export const unreadable = (ref: string, { stderr }: GitResult): Diagnostic =>
  diagnostic('base/unreadable', { ref, why: wordsOfGit(stderr) })

/** The first line of what git says for people. Nothing is decided by it. */
export const wordsOfGit = (stderr: string): string =>
  stderr
    .split('\n')[0]
    ?.replace(/^fatal: /, '')
    .trim() ?? ''

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
