import { memberName } from '../../blocks/attribute-name.ts'
import { documentAttributes } from '../../blocks/document-attributes.ts'
import { resourceSpec, resourceTypeOf, type ResourceKind } from '../../blocks/document-values.ts'
import type { ValueObject, ValuePath } from '../../blocks/value.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Resource } from '../../kinds/resource.ts'
import type { JsonObject } from '../../model/json.ts'
import { configurationFiles, ownProblems } from '../../operations/resources/configuration-files.ts'
import type { Configured } from '../configured.ts'
import type { Problem } from '../contract.ts'
import { problemsOf, spotOf, type Pointing } from '../problems.ts'

/** A resource block as the document that it is. */
export interface ObjectConfig {
  /** The document; without what is not known yet. */
  readonly spec: JsonObject
  readonly resource: Resource
  readonly unknowns: readonly ValuePath[]
  readonly problems: readonly Problem[]
  readonly pointing: Pointing
}

/** Checks a resource block as its document is checked in a folder: by itself, and by the Organization document where that is known. */
export function objectConfig(
  kind: ResourceKind,
  config: ValueObject,
  configured: Configured | undefined,
  today: string,
): ObjectConfig {
  const { spec, unknowns } = resourceSpec(kind, config)
  const file = resourceTypeOf[kind]
  const files = configurationFiles([
    ...(configured === undefined ? [] : [configured.organizationSource]),
    { file, spec },
  ])
  const pointing = { files, spots: new Map([[file, spotOf(documentAttributes[kind])]]) }
  const found = ownProblems(files.check(today).diagnostics, file)
  const resource = files.resource(file, kind)
  if (resource === undefined) throw new Error(`a ${file} is no document`)
  return { spec, resource, unknowns, problems: problemsOf(withoutUnknown(found, unknowns), pointing), pointing }
}

/** Of a document that is not whole yet only what is written can be wrong. */
export function withoutUnknown(found: readonly Diagnostic[], unknowns: readonly ValuePath[]): readonly Diagnostic[] {
  if (unknowns.length === 0) return found
  const members = new Set(
    unknowns.flatMap(path => {
      const last = path.at(-1)
      return last !== undefined && 'attribute' in last ? [memberName(last.attribute)] : []
    }),
  )
  return found.filter(one =>
    one.code === 'policy/missing-field'
      ? !members.has((one as Diagnostic<'policy/missing-field'>).facts.field)
      : aboutWhatIsWritten.has(one.code),
  )
}

const aboutWhatIsWritten: ReadonlySet<string> = new Set([
  'policy/bad-format',
  'policy/not-one-of',
  'policy/null-value',
  'policy/out-of-range',
  'policy/unknown-field',
  'policy/wrong-type',
])
