import { isAbsolute, relative } from 'node:path'
import type { Configuration } from '../blocks/configuration.ts'
import { configurationOf } from '../blocks/configuration-of.ts'
import { resolvedKinds } from '../kinds/index.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import type { InlineDocument } from '../model/documents/inline-document.ts'
import { digestOf } from '../operations/digest-of.ts'
import { loadNow } from '../operations/load-now.ts'
import { diagnosticsText } from '../render/diagnostics-text.ts'
import { plainStyle } from '../render/style.ts'
import { dateOf } from './clock.ts'

import type { CallOptions } from './options.ts'
import type { Outcome } from './outcome.ts'
import { told } from './told.ts'

/** Documents that stand in a policy folder. */
export interface FolderOptions extends Pick<CallOptions, 'clock'> {
  /** The policy folder; a relative one starts at the working directory. */
  readonly folder: string
}

/** Documents that a program holds. */
export interface InlineOptions extends Pick<CallOptions, 'clock'> {
  /** The documents, in any order, the Organization document among them. In diagnostics `documents[2]` stands for the file of the third, written as JSON. */
  readonly documents: readonly InlineDocument[]
}

/** What valid documents are. */
export interface DocumentsRead {
  readonly organization: { readonly name: string; readonly id: string }
  /** Of what the documents ask for: the `desiredDigest` of a plan that is made from them. */
  readonly desiredDigest: string
  /** The documents as a configuration of Terraform. */
  readonly configuration: Configuration
}

/** What came of reading documents, and how people are told. */
export type ReadDocuments = Outcome<DocumentsRead> & {
  /** Each diagnostic as the command line prints it, with the line that it is about; in the same order. */
  readonly shown: readonly string[]
}

/**
 * Reads and checks documents offline, as `validate` does, and turns them into a configuration of Terraform. Without a promise, for those who cannot wait, such as the constructors of CDKTF.
 */
export function readDocuments(options: FolderOptions | InlineOptions): ReadDocuments {
  const { result, places, texts } = loadNow(options, dateOf(options.clock))
  const checked = told(result, places)
  const context = { style: plainStyle(100), folder: 'folder' in options ? shownAs(options.folder) : '', texts }
  const shown = checked.diagnostics.map(found => diagnosticsText([found], context))
  return result.ok ? { ...checked, ok: true, value: read(result.value), shown } : { ...checked, ok: false, shown }
}

/** What is shown may end in a file that others read: the machine is not named in it. */
const shownAs = (folder: string): string => (isAbsolute(folder) ? relative('', folder) : folder)

function read(desired: Desired): DocumentsRead {
  const { name, id } = desired.organization.spec
  const documents = resolvedKinds.flatMap(kind =>
    (desired[kind] as readonly Resource[]).map(({ address, spec }) => ({
      kind,
      name: address.name,
      spec: spec,
    })),
  )
  return { organization: { name, id }, desiredDigest: digestOf(desired), configuration: configurationOf(documents) }
}
