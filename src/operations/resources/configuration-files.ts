import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Outcome } from '../../diagnostics/outcome.ts'
import { Places } from '../../diagnostics/to-document.ts'
import type { KindName } from '../../kinds/index.ts'
import type { Desired, Resource } from '../../kinds/resource.ts'
import { isObject, type JsonObject } from '../../model/json.ts'
import type { Source, Span } from '../../model/span.ts'
import { checkFolder, type FileDocuments } from '../../policy/check-folder.ts'
import type { Locate, Path } from '../../policy/locate.ts'
import { preciseDocuments } from '../../policy/precise-documents.ts'

/** A document of a configuration: a value, or the text of a YAML file. `file` is how whoever gave it calls it. */
export type ConfigurationSource =
  { readonly file: string; readonly spec: JsonObject } | { readonly file: string; readonly text: string }

/** Where something stands: a part of a value, or a place in a text. */
export type ConfigurationPlace =
  { readonly file: string; readonly path: Path } | { readonly file: string; readonly source: Source }

/** The documents of a configuration, and where their parts stand. */
export interface ConfigurationFiles {
  /** Everything that is wrong with the documents together, or the desired state that they are. */
  check(today: string): Outcome<Desired>
  /** The kinds of the documents of a file, as far as they say so. */
  kindsIn(file: string): readonly string[]
  /** The document of this kind in a file as a resource, without looking whether it is valid. */
  resource(file: string, kind: KindName): Resource | undefined
  placeOf(span: Span): ConfigurationPlace
}

/** Documents that come as values have no lines: their places are the paths of their parts. */
export function configurationFiles(sources: readonly ConfigurationSource[]): ConfigurationFiles {
  // A span is the number of the path that it stands for.
  const paths: Path[] = []
  const texts = new Map<string, string>()

  const locate =
    (file: string): Locate =>
    path => {
      paths.push(path)
      return { file, start: paths.length - 1, end: paths.length - 1 }
    }
  const files = sources.map((source): FileDocuments => {
    const { file } = source
    if ('text' in source) {
      texts.set(file, source.text)
      return preciseDocuments(file, source.text)
    }
    return { file, text: '', documents: [{ value: source.spec, locate: locate(file) }], diagnostics: [] }
  })
  const places = new Places(texts)

  return {
    check: today => checkFolder('configuration', files, today),
    kindsIn: file =>
      files
        .filter(other => other.file === file)
        .flatMap(({ documents }) =>
          documents.map(({ value }) => (isObject(value) && typeof value['kind'] === 'string' ? value['kind'] : '')),
        ),
    resource(file, kind) {
      const document = files
        .find(other => other.file === file)
        ?.documents.find(({ value }) => isObject(value) && value['kind'] === kind)
      if (document === undefined) return undefined
      const spec = document.value as JsonObject
      const name = typeof spec['name'] === 'string' ? spec['name'] : ''
      return { kind, address: { kind, name }, spec: spec as never, locate: document.locate }
    },
    placeOf: span =>
      texts.has(span.file)
        ? { file: span.file, source: places.source(span) }
        : { file: span.file, path: paths[span.start] ?? [] },
  }
}

/** What is wrong with one file of a configuration that was looked at without all others: what it needs of them may be there. */
export const ownProblems = (diagnostics: readonly Diagnostic[], file: string): readonly Diagnostic[] =>
  diagnostics.filter(({ code, span }) => span?.file === file && !needsOthers.has(code))

/** What is said of a document because another one is not there. */
const needsOthers: ReadonlySet<string> = new Set(['policy/no-default', 'policy/no-organization'])
