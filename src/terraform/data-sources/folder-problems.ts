import type { ValuePath } from '../../blocks/value.ts'
import type { LoadedFolder } from '../../operations/validate.ts'
import { diagnosticsText } from '../../render/diagnostics-text.ts'
import { plainStyle } from '../../render/style.ts'
import type { Problem } from '../contract.ts'
import { error, problemsOf } from '../problems.ts'

/** What is wrong with the documents of a folder, as the command line shows it: with file, line and what stands there. */
export function folderProblems(
  folder: string,
  { result, places, texts }: LoadedFolder,
  path: ValuePath,
): readonly Problem[] {
  return result.diagnostics.flatMap(found => {
    const [problem] = problemsOf([found])
    if (problem === undefined) return []
    const shown = diagnosticsText([places.document(found)], { style: plainStyle(74), folder, texts })
    return [{ ...problem, detail: error('', shown).detail ?? '', path }]
  })
}
