import type { LeftOut } from '../../adoption/draft.ts'
import { sameField } from '../../engine/same-field.ts'
import { consoleFieldsOf } from '../../kinds/console-fields.ts'
import type { Observed } from '../../kinds/contract.ts'
import { kindNamed } from '../../kinds/index.ts'
import { valueAt } from '../../kinds/path.ts'
import { fieldPath, type Resource } from '../../kinds/resource.ts'
import { formatAddress } from '../../model/address.ts'
import type { LiveField } from '../../model/evidence.ts'
import type { Json } from '../../model/json.ts'
import type { DocumentEdit } from '../../policy/edit-documents.ts'
import { refusal } from './refusal.ts'

/** What is to be written into documents, and what of what was seen is not. */
export interface Edits {
  readonly edits: readonly DocumentEdit[]
  readonly leftOut: readonly LeftOut[]
  /** Settings that evidence shows and the documents leave out: in words. */
  readonly alone: readonly string[]
}

/** Edits for the settings of a document that current evidence contradicts; with `complete` for those as well that the document leaves out. */
export function settingEdits(
  document: Resource,
  fields: Readonly<Record<string, LiveField>>,
  complete: boolean,
): Edits {
  return valueEdits(
    document,
    consoleFieldsOf(document.address).flatMap(([path]) => {
      const field = fields[path]
      return field?.state === 'known' ? [[path, field.value] as const] : []
    }),
    complete,
  )
}

/** The same for what the API shows of an object that it serves whole. */
export const servedEdits = (document: Resource, { fields }: Observed, complete: boolean): Edits =>
  valueEdits(
    document,
    Object.keys(kindNamed(document.kind).fields).flatMap(path => {
      const value = fields[path]
      return value === undefined ? [] : [[path, value] as const]
    }),
    complete,
  )

function valueEdits(
  { kind, address, spec }: Resource,
  values: readonly (readonly [path: string, value: Json])[],
  complete: boolean,
): Edits {
  const edits: DocumentEdit[] = []
  const leftOut: LeftOut[] = []
  const alone: string[] = []
  for (const [path, value] of values) {
    const written = valueAt(spec, path)
    const why = refusal(kind, path, value)
    if (written !== undefined && sameField(kind, path, value, written)) continue
    if (why !== undefined) leftOut.push({ address, path, why: `a document cannot hold what was observed: ${why}` })
    else if (written === undefined && !complete) alone.push(`${formatAddress(address)}: ${path}`)
    else edits.push({ address, path: fieldPath(path), value })
  }
  return { edits, leftOut, alone }
}
