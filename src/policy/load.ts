import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, failed, type Outcome } from '../diagnostics/outcome.ts'
import { isKindName, kindNames, type KindName } from '../kinds/index.ts'
import type { Desired, Resource, Resources } from '../kinds/resource.ts'
import { compareAddress, type Address } from '../model/address.ts'
import { isObject, textOf } from '../model/json.ts'
import type { Span } from '../model/span.ts'
import { checkSchema } from './check-schema.ts'
import { decodeText } from './decode-text.ts'
import { nearest } from './nearest.ts'
import { parseYaml } from './parse-yaml.ts'
import { readDocument, type ReadDocument } from './read-node.ts'
import { checkRules } from './rules/index.ts'
import { compareBytes, compareSpan, conflict, type Folder } from './rules/rule.ts'
import { salvage } from './salvage.ts'

/** A file of the policy folder: its path relative to the folder, with forward slashes, and what is in it. */
export interface PolicyFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** Documents, and the texts that the places in diagnostics point into. */
export interface Loaded {
  readonly result: Outcome<Desired>
  readonly texts: ReadonlyMap<string, string>
}

interface Found {
  readonly kind: KindName
  readonly document: ReadDocument
  readonly name: string | undefined
  readonly file: string
}

/** Reads the documents of one organization and reports every problem of every file. `folder` is how the folder is called in messages. */
export function load(folder: string, files: readonly PolicyFile[], today: string): Loaded {
  const texts = new Map<string, string>()
  const diagnostics: Diagnostic[] = []
  const found: Found[] = []
  for (const { path, bytes } of [...files].sort((a, b) => compareBytes(a.path, b.path))) {
    const text = decodeText(path, bytes)
    texts.set(path, text.ok ? text.value : new TextDecoder().decode(bytes))
    diagnostics.push(...text.diagnostics)
    if (!text.ok) continue
    const parsed = parseYaml(path, text.value)
    diagnostics.push(...parsed.diagnostics)
    for (const document of parsed.documents) {
      const read = readDocument(path, document)
      if ('code' in read) diagnostics.push(read)
      else if (!isObject(read.value)) diagnostics.push(notAMapping(read))
      else found.push(...identify(path, read, diagnostics))
    }
  }
  if (files.length === 0) return { result: failed(diagnostic('policy/no-documents', { folder })), texts }

  diagnostics.push(...duplicateNames(found), ...organizationProblems(folder, found, texts))
  for (const { kind, document } of found) diagnostics.push(...checkSchema(kind, document))
  const resources = resourcesOf(found)
  const organizations = resources.Organization
  const [organization] = organizations
  const usable: Folder = { ...resources, today, ...(organizations.length === 1 && organization && { organization }) }
  diagnostics.push(
    ...checkRules(
      usable,
      found.flatMap(({ kind, name }) => (name === undefined ? [] : [{ kind, name }])),
    ),
  )

  const sorted = sortDiagnostics(diagnostics)
  if (organization === undefined || sorted.some(isError)) return { result: failed(...sorted), texts }
  return { result: outcome({ ...resources, organization }, sorted), texts }
}

/** By place, errors of no place first. */
export const sortDiagnostics = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...diagnostics].sort((a, b) =>
    a.span === undefined || b.span === undefined
      ? Number(a.span !== undefined) - Number(b.span !== undefined)
      : compareSpan(a.span, b.span) || compareBytes(a.code, b.code),
  )

const notAMapping = ({ value, locate }: ReadDocument): Diagnostic =>
  diagnostic(
    'policy/not-a-mapping',
    { got: Array.isArray(value) ? 'a list' : `\`${textOf(value)}\`` },
    { span: locate([]) },
  )

function identify(file: string, document: ReadDocument, diagnostics: Diagnostic[]): readonly Found[] {
  const { kind, name } = isObject(document.value) ? document.value : {}
  if (kind === undefined)
    diagnostics.push(diagnostic('policy/missing-kind', { known: kindNames }, { span: document.locate([]) }))
  else if (typeof kind !== 'string' || !isKindName(kind)) {
    const suggestion = nearest(textOf(kind), kindNames)
    const facts = { kind: textOf(kind), known: kindNames, ...(suggestion !== undefined && { near: suggestion }) }
    diagnostics.push(diagnostic('policy/unknown-kind', facts, { span: document.locate(['kind']) }))
  } else return [{ kind, document, file, name: typeof name === 'string' ? name : undefined }]
  return []
}

/** Each further document of a name that is taken, with the earlier ones related. */
function duplicateNames(found: readonly Found[]): readonly Diagnostic[] {
  const byAddress = new Map<string, (Address & { readonly span: Span })[]>()
  for (const { kind, name, document } of found) {
    if (name === undefined || kind === 'Organization') continue
    const key = JSON.stringify([kind, name])
    byAddress.set(key, [...(byAddress.get(key) ?? []), { kind, name, span: document.locate(['name']) }])
  }
  return [...byAddress.values()].flatMap(same => {
    const [first] = same
    if (first === undefined || same.length < 2) return []
    const places = same.map(({ span }) => ({ span, summary: 'the same name stands here' }))
    return [conflict('policy/duplicate-name', { kind: first.kind, name: first.name }, places)]
  })
}

function organizationProblems(
  folder: string,
  found: readonly Found[],
  texts: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  const organizations = found.filter(({ kind }) => kind === 'Organization')
  const [organization] = organizations
  if (organization === undefined) {
    // It may stand in a document that could not be read: that one is reported already.
    const unread = [...texts.values()].some(text => /^kind:\s*["']?Organization\b/m.test(text))
    return unread ? [] : [diagnostic('policy/no-organization', { folder })]
  }
  if (organizations.length > 1) {
    const names = organizations.map(({ name = '' }) => name)
    const places = organizations.map(({ document }) => ({
      span: document.locate(['kind']),
      summary: 'an Organization document stands here',
    }))
    return [conflict('policy/two-organizations', { names }, places)]
  }
  const home = organization.file.slice(0, organization.file.lastIndexOf('/') + 1)
  return found
    .filter(({ file }) => !file.startsWith(home))
    .map(({ document }) =>
      diagnostic('policy/outside-organization', { folder: home.slice(0, -1) }, { span: document.locate([]) }),
    )
}

function resourcesOf(found: readonly Found[]): Resources {
  const byKind = Object.fromEntries(kindNames.map(kind => [kind, [] as Resource[]])) as Record<KindName, Resource[]>
  for (const { kind, document, name } of found) {
    const usable = salvage(kind, document)
    if (usable === undefined || name === undefined) continue
    byKind[kind].push({
      kind,
      address: { kind, name },
      spec: usable.value as unknown as Resource['spec'],
      locate: usable.locate,
    })
  }
  for (const resources of Object.values(byKind)) resources.sort((a, b) => compareAddress(a.address, b.address))
  return byKind as Resources
}
