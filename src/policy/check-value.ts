import { wordsOf } from '../diagnostics/to-document.ts'
import type { KindName } from '../kinds/index.ts'
import { withValueAt } from '../kinds/path.ts'
import type { Json } from '../model/json.ts'
import { checkSchema } from './check-schema.ts'

/** Why a kind's schema refuses a value for one field; undefined where it takes it. */
export function refusalOf(kind: KindName, path: string, value: Json): string | undefined {
  // Only what is wrong with this field counts: the rest of the document is not there.
  const document = withValueAt({}, path, value)
  const place = (steps: readonly (string | number)[]) => ({ file: steps.join('.'), start: 0, end: 0 })
  const found = checkSchema(kind, { value: document, locate: place }).find(
    ({ span }) => span !== undefined && (span.file === path || span.file.startsWith(`${path}.`)),
  )
  return found === undefined ? undefined : wordsOf(found).summary
}
