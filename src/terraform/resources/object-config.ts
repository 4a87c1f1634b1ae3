import { memberName } from '../../blocks/attribute-name.ts'
import { documentAttributes } from '../../blocks/document-attributes.ts'
import { documentOfText, type DocumentValue } from '../../blocks/document-text.ts'
import { resourceSpec, resourceTypeOf, type ResourceKind } from '../../blocks/document-values.ts'
import { isValueObject, type ValueObject, type ValuePath } from '../../blocks/value.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Resource } from '../../kinds/resource.ts'
import type { JsonObject } from '../../model/json.ts'
import { configurationFiles, ownProblems } from '../../operations/resources/configuration-files.ts'
import type { Configured } from '../configured.ts'
import type { Problem } from '../contract.ts'
import { problemsOf, spotOf, warning, type Pointing } from '../problems.ts'

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
  const problems = [...problemsOf(withoutUnknown(found, unknowns), pointing), ...emptyObject(config, 'settings')]
  return { spec, resource, unknowns, problems, pointing }
}

/** Terraform drops what an object of a configuration has beyond its schema, without a word: what is left empty was probably misspelt. */
function emptyObject(config: ValueObject, name: string): readonly Problem[] {
  const value = config[name]
  if (!isValueObject(value) || Object.values(value).some(inner => inner !== null)) return []
  return [
    warning(
      `\`${name}\` is empty: it manages nothing`,
      'Terraform drops names inside an object that the provider does not know, such as misspelt ones. Look at the names, or leave it out.',
      [{ attribute: name }],
    ),
  ]
}

/** The document that a state was made with. */
export const documentIn = ({ document }: ValueObject): DocumentValue | undefined =>
  typeof document === 'string' ? documentOfText(document) : undefined

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
