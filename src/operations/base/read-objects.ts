import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import { textOf, unreadable, type AskGit } from './git.ts'

/** What git keeps under these names, in their order, read by one process and as it was committed: no filter of the repository runs. */
export async function readObjects(
  git: AskGit,
  ref: string,
  objects: readonly string[],
): Promise<Outcome<readonly Uint8Array[]>> {
  if (objects.length === 0) return outcome([], [])
  const read = await git(['cat-file', '--batch'], objects.map(object => `${object}\n`).join(''))
  if (!read.ok) return read
  const contents = contentsIn(read.value.stdout, objects.length)
  return read.value.code === 0 && contents !== undefined ? outcome(contents, []) : failed(unreadable(ref, read.value))
}

/** Each is a line of name, type and size, its bytes, and a line break (https://git-scm.com/docs/git-cat-file, Batch output). Undefined where one is missing. */
function contentsIn(stdout: Uint8Array, wanted: number): readonly Uint8Array[] | undefined {
  const contents: Uint8Array[] = []
  let at = 0
  while (contents.length < wanted) {
    const end = stdout.indexOf(0x0a, at)
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(textOf(stdout.subarray(at, Math.max(end, at))))?.[1]
    if (size === undefined) return undefined
    at = end + 1 + Number(size) + 1
    contents.push(stdout.subarray(end + 1, at - 1))
  }
  return contents
}
