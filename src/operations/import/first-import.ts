import { adopt } from '../../adoption/adopt.ts'
import type { Sighting } from '../../adoption/sighting.ts'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome } from '../../diagnostics/outcome.ts'
import type { KindName } from '../../kinds/index.ts'
import type { Desired } from '../../kinds/resource.ts'
import { documentText } from '../../policy/write-document.ts'
import type { LedgerState } from '../ledger-state.ts'
import { validDrafts } from '../valid-drafts.ts'
import { loadTexts } from './load-texts.ts'
import { isWanted, type Made, type MadeOutcome } from './made.ts'
import { misplaced, type Misplaced } from './misplaced.ts'
import { refusal } from './refusal.ts'
import { schemaPath } from './schema-file.ts'

/** What a first import rests on. */
export interface FirstImport {
  readonly sighting: Sighting
  readonly state: LedgerState
  readonly folder: string
  readonly now: Date
  /** Only documents of these kinds come, besides the Organization; all where it is empty. */
  readonly only: readonly KindName[]
}

/** A document for everything that was seen: valid, and giving exactly today's membership. */
export async function firstImport(input: FirstImport): Promise<MadeOutcome> {
  const listed = new Set<string>()
  for (;;) {
    const made = await makeDocuments(input, listed)
    if (!made.ok) return made
    const { desired, ...rest } = made.value
    const wrong = misplacedIn(desired, input)
    const more = policiesToList(wrong, desired, listed)
    if (more.length === 0) return outcome({ ...rest, diagnostics: [...rest.diagnostics, ...wouldMove(wrong)] }, [])
    // What selectors say does not hold: a list of the accounts does.
    for (const id of more) listed.add(id)
  }
}

export const wouldMove = (wrong: readonly Misplaced[]) =>
  wrong.length === 0 ? [] : [diagnostic('import/would-move', { accounts: wrong.map(({ account }) => account.email) })]

async function makeDocuments(
  { sighting, folder, now, only }: FirstImport,
  listed: ReadonlySet<string>,
): Promise<MadeOutcome<Made & { readonly desired: Desired }>> {
  const adopted = adopt(sighting, { refusal, listed })
  const isPart = ({ address: { kind } }: { readonly address: { readonly kind: string } }): boolean =>
    kind === 'Organization' || isWanted(kind, only)
  const { drafts, unobserved, leftOut } = await validDrafts(
    {
      drafts: adopted.drafts.filter(isPart),
      unobserved: adopted.unobserved.filter(isPart),
      leftOut: adopted.leftOut.filter(isPart),
    },
    now.toISOString().slice(0, 10),
  )
  const texts = new Map(drafts.map(draft => [draft.file, documentText(draft, schemaPath(draft.file, ''))]))
  const loaded = await loadTexts(folder, texts, now)
  if (!loaded.ok) return { ...failed(...loaded.diagnostics, diagnostic('import/not-valid', {})), texts }
  const { name, id } = loaded.value.organization.spec
  const none = { organization: { name, id }, diagnostics: [], formerNames: new Map<string, string>() }
  return outcome({ ...none, texts, unobserved, leftOut, desired: loaded.value }, [])
}

function misplacedIn(desired: Desired, { sighting, state }: FirstImport): readonly Misplaced[] {
  return misplaced(desired, idsOf(desired), {
    accounts: sighting.accounts,
    lastApplied: state.lastApplied,
    groupsOf: new Map(sighting.accounts.map(({ accountId, groups }) => [accountId, new Set(groups)])),
  })
}

/** The ids of policies by the names of their documents: each document that import makes has one. */
const idsOf = ({ AuthenticationPolicy }: Desired): ReadonlyMap<string, string> =>
  new Map(AuthenticationPolicy.flatMap(({ spec }) => (spec.id === undefined ? [] : [[spec.name, spec.id] as const])))

/** The policies whose accounts are to be listed next: those that lose some, then all. */
function policiesToList(wrong: readonly Misplaced[], desired: Desired, listed: ReadonlySet<string>): readonly string[] {
  if (wrong.length === 0) return []
  const ids = idsOf(desired)
  const losing = new Set(wrong.flatMap(({ policy }) => ids.get(policy ?? '') ?? []))
  const first = [...losing].filter(id => !listed.has(id))
  return first.length > 0 ? first : [...ids.values()].filter(id => !listed.has(id))
}
