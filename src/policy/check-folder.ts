import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, failed, type Outcome } from '../diagnostics/outcome.ts'
import { isKindName, kindNames, type KindName } from '../kinds/index.ts'
import type { Desired, Resources } from '../kinds/resource.ts'
import { compareText } from '../model/address.ts'
import { isObject, textOf } from '../model/json.ts'
import { checkSchema } from './check-schema.ts'
import { grouped } from '../model/grouped.ts'
import { listAccounts } from './list-accounts.ts'
import { nearest } from './nearest.ts'
import type { ReadDocument } from './read-node.ts'
import { checkNames, checkRules } from './rules/index.ts'
import { compareBytes, compareSpan, conflict, type Draft, type Drafts } from './rules/rule.ts'
import { salvage, type Salvaged } from './salvage.ts'

/** The documents of one file. */
export interface FileDocuments {
  readonly file: string
  readonly text: string
  readonly documents: readonly ReadDocument[]
  /** What kept others from being read. */
  readonly diagnostics: readonly Diagnostic[]
}

interface Found {
  readonly kind: KindName
  readonly document: ReadDocument
  readonly name: string | undefined
  readonly file: string
  /** What its schema leaves of it. */
  readonly salvaged: Salvaged
}

/** Checks the documents of one organization and puts them together. Reports every problem of every file. */
export function checkFolder(folder: string, files: readonly FileDocuments[], today: string): Outcome<Desired> {
  if (files.length === 0) return failed(diagnostic('policy/no-documents', { folder }))
  const unidentified: Diagnostic[] = []
  const found = files.flatMap(({ file, documents }) =>
    documents.flatMap(document => identify(file, document, unidentified)),
  )
  const unread = files.filter(lacksDocuments).map(({ text }) => text)
  const written = draftsOf(found)
  const { drafts, diagnostics: tooLong } = listAccounts(written)
  const [organization, another] = drafts.Organization
  const names = found.flatMap(({ kind, name }) => (name === undefined ? [] : [{ kind, name }]))
  const beside = {
    ...(organization !== undefined && another === undefined && { organization }),
    today,
    names,
    unread,
  }
  const diagnostics = sortDiagnostics([
    ...files.flatMap(file => file.diagnostics),
    ...unidentified,
    ...duplicateNames(found),
    ...organizationProblems(folder, found, unread),
    ...found.flatMap(({ kind, document, salvaged }) => (salvaged.fits ? [] : checkSchema(kind, document))),
    ...tooLong,
    ...checkNames({ ...written, ...beside }),
    ...checkRules({ ...drafts, ...beside }),
  ])
  if (organization === undefined || diagnostics.some(isError)) return { ok: false, diagnostics }
  // Nothing was refused, so nothing is missing.
  const resources = drafts as Resources
  return outcome({ ...resources, organization: organization as Desired['organization'] }, diagnostics)
}

/** A key that stands twice is the one problem that leaves a document to read. */
const lacksDocuments = ({ diagnostics }: FileDocuments): boolean =>
  diagnostics.some(({ code }) => code !== 'policy/duplicate-key')

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
  if (!isObject(document.value)) {
    diagnostics.push(notAMapping(document))
    return []
  }
  const { kind, name } = document.value
  if (kind === undefined)
    diagnostics.push(diagnostic('policy/missing-kind', { known: kindNames }, { span: document.locate([]) }))
  else if (typeof kind !== 'string' || !isKindName(kind)) {
    const suggestion = nearest(textOf(kind), kindNames)
    const facts = { kind: textOf(kind), known: kindNames, ...(suggestion !== undefined && { near: suggestion }) }
    diagnostics.push(diagnostic('policy/unknown-kind', facts, { span: document.locate(['kind']) }))
  } else {
    const salvaged = salvage(kind, document)
    return [{ kind, document, file, name: typeof name === 'string' ? name : undefined, salvaged }]
  }
  return []
}

/** Each further document of a name that is taken, with the earlier ones related. */
function duplicateNames(found: readonly Found[]): readonly Diagnostic[] {
  const byAddress = grouped(found, ({ kind, name }) =>
    name === undefined || kind === 'Organization' ? undefined : JSON.stringify([kind, name]),
  )
  return [...byAddress.values()].flatMap(same => {
    const [first] = same
    if (first?.name === undefined || same.length < 2) return []
    const places = same.map(({ document }) => ({
      span: document.locate(['name']),
      summary: 'the same name stands here',
    }))
    return [conflict('policy/duplicate-name', { kind: first.kind, name: first.name }, places)]
  })
}

function organizationProblems(
  folder: string,
  found: readonly Found[],
  unread: readonly string[],
): readonly Diagnostic[] {
  const organizations = found.filter(({ kind }) => kind === 'Organization')
  const [organization] = organizations
  if (organization === undefined) {
    // It may stand in a document that could not be read: that one is reported already.
    const hidden = unread.some(text => /^\W*kind\W+Organization\b/m.test(text))
    return hidden ? [] : [diagnostic('policy/no-organization', { folder })]
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

/** What rules look at, by kind, sorted by name. A document without a name takes part: what else is wrong with it is to be said as well. */
function draftsOf(found: readonly Found[]): Drafts {
  const byKind = Object.fromEntries(kindNames.map(kind => [kind, [] as Draft[]])) as Record<KindName, Draft[]>
  for (const { kind, name = '', file, salvaged } of found) {
    const { value, locate, wrote, whole } = salvaged
    const spec = value as unknown as Draft['spec']
    byKind[kind].push({ kind, address: { kind, name }, spec, locate, wrote, whole, file })
  }
  for (const drafts of Object.values(byKind)) drafts.sort((a, b) => compareText(a.address.name, b.address.name))
  return byKind as Drafts
}
