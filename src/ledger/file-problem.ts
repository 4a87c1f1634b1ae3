import { diagnostic } from '../diagnostics/diagnostic.ts'
import { fileReason } from '../diagnostics/file-reason.ts'
import { LedgerError } from './ledger-error.ts'

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'a file stands where a folder must',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be larger than files may be',
  EIO: 'the disk reports a fault',
}

/** The code of a failed file operation; undefined for anything else. */
export const codeOf = (error: unknown): string | undefined => {
  const code = (error as { readonly code?: unknown } | undefined)?.code
  return typeof code === 'string' ? code : undefined
}

/** Does work with a file of the ledger. Where that fails it is a diagnostic that names the file and the reason; anything else is a bug and passes. */
export async function withFile<T>(
  file: string,
  task: 'ledger/unreadable' | 'ledger/unwritable',
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = codeOf(error)
    if (error instanceof LedgerError || code === undefined) throw error
    throw new LedgerError(diagnostic(task, { file, why: reasons[code] ?? fileReason(error) }))
  }
}

/** What a reading gives, or undefined where there is no such file or folder. */
export async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
