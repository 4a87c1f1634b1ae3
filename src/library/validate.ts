import { compareText } from '../model/address.ts'
import type { JsonObject } from '../model/json.ts'
import type { Source } from '../model/span.ts'
import type { Resource } from '../kinds/resource.ts'
import { kindNames } from '../kinds/index.ts'
import { loadFolder } from '../operations/validate.ts'
import { dateOf } from './clock.ts'
import type { CallOptions, LiveOptions } from './options.ts'
import type { Outcome } from './outcome.ts'
import { told } from './told.ts'

/** What validation needs. The time decides which exceptions are over. */
export interface ValidateOptions extends Pick<LiveOptions, 'folder'>, Pick<CallOptions, 'clock'> {}

/** One document of a policy folder. */
export interface PolicyDocument {
  /** Such as `AuthenticationPolicy`. */
  readonly kind: string
  readonly name: string
  /** Where it stands. */
  readonly source: Source
  /** The document as JSON, without comments. */
  readonly spec: JsonObject
}

/** A policy folder without an error in it. */
export interface Policies {
  readonly organization: { readonly name: string; readonly id: string }
  /** Sorted by kind, then by name. */
  readonly documents: readonly PolicyDocument[]
}

/** Reads a policy folder and checks it offline: needs no key and no network, and writes nothing. */
export async function validate(options: ValidateOptions): Promise<Outcome<Policies>> {
  const { folder, clock } = options
  const { result, places } = await loadFolder(folder, dateOf(clock), 'kept')
  const checked = told(result, places)
  if (!checked.ok || !result.ok) return { ok: false, diagnostics: checked.diagnostics }
  const desired = result.value
  const { name, id } = desired.organization.spec
  const documents = kindNames
    .flatMap((kind): readonly Resource[] => desired[kind])
    .map(({ kind, address, spec, locate }) => ({
      kind,
      name: address.name,
      source: places.source(locate([])),
      spec,
    }))
    .sort((a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name))
  return { ok: true, value: { organization: { name, id }, documents }, diagnostics: checked.diagnostics }
}
