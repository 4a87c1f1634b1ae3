import type { Draft, LeftOut } from '../../adoption/draft.ts'
import type { KindName } from '../../kinds/index.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { DocumentEdit } from '../../policy/edit-documents.ts'
import { isWanted } from './made.ts'
import type { Matches } from './match.ts'
import { nameEdits } from './name-edits.ts'
import { organizationEdits } from './organization-edits.ts'
import { servedEdits, settingEdits } from './value-edits.ts'

/** Edits that make the documents that are there say what was seen, and what of it they do not say. */
export interface ObjectEdits {
  /** Names, ids and domains. */
  readonly edits: readonly DocumentEdit[]
  /** What was seen of settings, which the documents may refuse. */
  readonly settings: readonly DocumentEdit[]
  readonly leftOut: readonly LeftOut[]
  /** Settings that stay out of the documents although evidence shows them: in words. */
  readonly alone: readonly string[]
}

export interface ObjectEditsInput {
  readonly desired: Desired
  readonly matches: Matches
  readonly organization: Draft | undefined
  /** The directories of documents to come. */
  readonly directories: ReadonlySet<string>
  readonly only: readonly KindName[]
  readonly complete: boolean
}

/** What is to change in the documents that are there, their members aside. */
export function objectEdits({
  desired,
  matches,
  organization,
  directories,
  only,
  complete,
}: ObjectEditsInput): ObjectEdits {
  const policies = isWanted('AuthenticationPolicy', only) ? matches.policies : []
  const external = isWanted('ExternalUserPolicy', only) ? matches.external : []
  const allowlists = isWanted('IpAllowlist', only) ? matches.allowlists : []
  const unseen = isWanted('AuthenticationPolicy', only) ? matches.unseen : []
  const settings = [
    ...[...policies, ...external].map(({ document, seen }) => settingEdits(document, seen.fields, complete)),
    ...unseen.map(({ document, fields }) => settingEdits(document, fields, complete)),
  ]
  const served = allowlists
    // What is still being applied is not yet what it will be.
    .filter(({ seen }) => seen.settling !== true)
    .map(({ document, seen }) => servedEdits(document, seen, complete))
  return {
    edits: [
      ...(isWanted('Organization', only)
        ? organizationEdits(desired.organization, organization, directories, complete)
        : []),
      ...policies.flatMap(({ document: { address, spec }, seen: { id } }) =>
        spec.id === undefined ? [{ address, path: ['id'], value: id }] : [],
      ),
      ...nameEdits(desired, policies),
    ],
    settings: [...settings, ...served].flatMap(({ edits }) => edits),
    leftOut: [...settings, ...served].flatMap(({ leftOut }) => leftOut),
    alone: [...settings, ...served].flatMap(({ alone }) => alone),
  }
}
