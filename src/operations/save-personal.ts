import { diagnostic } from '../diagnostics/diagnostic.ts'
import { fileReason } from '../diagnostics/file-reason.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { writeWhole } from './write-whole.ts'

/** Writes a file that names people: readable by its owner only. */
export async function savePersonal(file: string, text: string | Iterable<string>): Promise<Outcome<undefined>> {
  try {
    await writeWhole(file, text, 0o600)
    return outcome(undefined, [])
  } catch (error) {
    return failed(diagnostic('run/unwritable', { file, why: fileReason(error) }))
  }
}
