import { adopt } from '../../adoption/adopt.ts'
import type { Draft } from '../../adoption/draft.ts'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome } from '../../diagnostics/outcome.ts'
import { compareText, formatAddress } from '../../model/address.ts'
import { editDocuments, type DocumentEdit } from '../../policy/edit-documents.ts'
import type { Bindings } from '../bind-policies.ts'
import { accountEdits } from '../membership-edits.ts'
import { bindDocuments } from './bind-documents.ts'
import { wouldMove, type FirstImport } from './first-import.ts'
import { fitIn, idOf, knownDirectories } from './fresh-documents.ts'
import { loadTexts } from './load-texts.ts'
import { isWanted, type Made, type MadeOutcome } from './made.ts'
import { match, type Matches } from './match.ts'
import { claimEdits, exceptionEdits, type Written } from './member-edits.ts'
import { misplaced, type Misplaced, type Whereabouts } from './misplaced.ts'
import { objectEdits, type ObjectEdits } from './object-edits.ts'
import { refreshed } from './refresh-comments.ts'
import { refusal } from './refusal.ts'
import { homeOf, schemaPath } from './schema-file.ts'
import { notEdited, settleDocuments, type Settled } from './settle-documents.ts'
import { toldOf } from './told.ts'

/** What a second import rests on: the folder as it is. */
export interface SecondImport extends FirstImport, Written {
  readonly groupsOf: Whereabouts['groupsOf']
  /** Adds what evidence shows and the documents leave out. */
  readonly complete: boolean
  /** Whether the schema lies beside the documents, so that new ones name it. */
  readonly hasSchema: boolean
}

/** The folder with what differs from what is live, and nothing else: comments, order and places stay. */
export async function secondImport(input: SecondImport): Promise<MadeOutcome> {
  const { desired, sighting, state, only, complete } = input
  const bound = bindDocuments(desired, sighting, state)
  if (!bound.ok) return failed(...bound.diagnostics, diagnostic('import/folder-not-ours', { folder: input.folder }))
  const bindings = bound.value
  const plain = await withDrafts(input, bindings, new Set())
  const fresh = plain.fitted.filter(({ address }) => address.kind === 'AuthenticationPolicy').map(idOf)
  const isExact = plain.settled.ok && misplacedIn(plain.settled.value, input, plain).length === 0
  // Selectors that were chosen for an empty folder may claim what others claim here: then the accounts of new policies are listed.
  const tried = isExact || fresh.length === 0 ? plain : await withDrafts(input, bindings, new Set(fresh))
  if (!tried.settled.ok) return tried.settled
  const { settled, wrong, diagnostics } = isWanted('AuthenticationPolicy', only)
    ? await corrected(tried.settled.value, input, tried)
    : { settled: tried.settled.value, wrong: [], diagnostics: [] }
  const texts = refreshed(settled, tried, complete)
  return outcome(
    {
      organization: { name: desired.organization.spec.name, id: desired.organization.spec.id },
      texts: new Map([...texts].filter(([file, text]) => text !== input.texts.get(file))),
      ...toldOf({ ...tried, settled, input }),
      diagnostics: [
        ...settled.diagnostics,
        ...diagnostics,
        ...(isWanted('IpAllowlist', only)
          ? tried.matches.gone.map(({ address, locate }) =>
              diagnostic('import/gone', address, { span: locate(['name']) }),
            )
          : []),
        ...(tried.edits.alone.length > 0 ? [diagnostic('import/left-alone', { settings: tried.edits.alone })] : []),
        ...wouldMove(wrong),
      ],
      formerNames: new Map(
        tried.matches.policies.flatMap(({ document, seen, name }) =>
          name === document.spec.name || !isWanted('AuthenticationPolicy', only) ? [] : [[document.spec.name, seen.id]],
        ),
      ),
    },
    [],
  )
}

/** One way to bring the folder up to date. */
export interface Tried {
  readonly matches: Matches
  readonly adopted: ReturnType<typeof adopt>
  /** The documents to come, as they fit in. */
  readonly fitted: readonly Draft[]
  readonly edits: ObjectEdits
  /** Ids of policies by the names that their documents have then. */
  readonly ids: ReadonlyMap<string, string>
  readonly settled: MadeOutcome<Settled>
}

/** Makes the edits and adds what is new; the accounts of the policies in `listed` are listed, and listed nowhere else. */
async function withDrafts(input: SecondImport, bindings: Bindings, listed: ReadonlySet<string>): Promise<Tried> {
  const { desired, texts, sighting, state, folder, now, only, complete, hasSchema } = input
  const adopted = adopt(sighting, { refusal, listed })
  const matches = match(desired, bindings, sighting, state, adopted.drafts)
  const known = knownDirectories(matches.policies)
  const directoryIds = new Map(sighting.policies.map(({ id, directoryId = '' }) => [id, directoryId]))
  const names = new Map(
    isWanted('AuthenticationPolicy', only)
      ? matches.policies.map(({ document, name }) => [document.spec.name, name] as const)
      : [],
  )
  const fitted = fitIn(
    matches.fresh.filter(({ address }) => isWanted(address.kind, only)),
    {
      desired,
      policyNames: desired.AuthenticationPolicy.map(({ spec }) => names.get(spec.name) ?? spec.name),
      files: [...texts.keys()],
      directoryOf: id => known.get(directoryIds.get(id) ?? ''),
    },
  )
  const edits = objectEdits({
    desired,
    matches,
    organization: adopted.drafts.find(({ address }) => address.kind === 'Organization'),
    directories: new Set(fitted.flatMap(({ members }) => members.flatMap(directoryIn))),
    only,
    complete,
  })
  const home = homeOf(desired)
  const settled = await settleDocuments({
    folder,
    now,
    texts,
    edits: [...edits.edits, ...unlisted(input, listed)],
    settings: edits.settings,
    drafts: fitted,
    schemaOf: file => (hasSchema ? schemaPath(file, home) : undefined),
    names: new Map(
      [...names].map(([before, name]) => [formatAddress({ kind: 'AuthenticationPolicy', name: before }), name]),
    ),
  })
  return {
    matches,
    adopted,
    fitted,
    edits,
    settled,
    ids: new Map([
      ...[...bindings.ids].map(([name, id]) => [names.get(name) ?? name, id] as const),
      ...fitted
        .filter(({ address }) => address.kind === 'AuthenticationPolicy')
        .map(draft => [draft.address.name, idOf(draft)] as const),
    ]),
  }
}

const directoryIn = ({ key, value }: Draft['members'][number]): readonly string[] =>
  key === 'directory' && typeof value === 'string' ? [value] : []

/** Edits that take accounts which are about to be listed for new policies out of the lists of others. */
function unlisted({ desired, sighting }: SecondImport, listed: ReadonlySet<string>): readonly DocumentEdit[] {
  const remove = sighting.accounts.filter(({ policyId = '' }) => listed.has(policyId)).map(({ email }) => email)
  return remove.length === 0
    ? []
    : desired.AuthenticationPolicy.flatMap(policy => accountEdits(policy, { add: [], remove }))
}

function misplacedIn({ desired }: Settled, input: SecondImport, { ids }: Pick<Tried, 'ids'>): readonly Misplaced[] {
  return misplaced(desired, ids, whereabouts(input))
}

/** The groups that documents name as they are now, and those that new documents may name. */
function whereabouts({ sighting: { accounts }, state: { lastApplied }, groupsOf }: SecondImport): Whereabouts {
  const both = accounts.map(
    ({ accountId, groups }) => [accountId, new Set([...groups, ...(groupsOf.get(accountId) ?? [])])] as const,
  )
  return { accounts, lastApplied, groupsOf: new Map(both) }
}

interface Corrected {
  readonly settled: Settled
  readonly wrong: readonly Misplaced[]
  readonly diagnostics: Made['diagnostics']
}

/** Lists accounts where that is needed to keep them where they are: first in the policies that they are in, else as exceptions of the others. */
async function corrected(settled: Settled, input: SecondImport, tried: Tried): Promise<Corrected> {
  const where = whereabouts(input)
  const wrong = misplacedIn(settled, input, tried)
  if (wrong.length === 0) return { settled, wrong, diagnostics: [] }
  const claimed = await edited(settled, claimEdits(wrong, settled, where), input)
  const better = claimed ?? { settled, diagnostics: [] }
  const left = misplacedIn(better.settled, input, tried)
  if (left.length === 0) return { ...better, wrong: left }
  // A claim that reaches too far is worse than none: who was not to be moved before must not be moved now.
  const from = left.every(({ account }) => wrong.some(other => other.account === account))
    ? better
    : { settled, diagnostics: [] }
  const open = from === better ? left : wrong
  const excepted = await edited(from.settled, exceptionEdits(open, from.settled, where), input)
  if (excepted === undefined) return { ...from, wrong: open }
  return {
    settled: excepted.settled,
    diagnostics: [...from.diagnostics, ...excepted.diagnostics],
    wrong: misplacedIn(excepted.settled, input, tried),
  }
}

/** The documents with more edits; undefined where they would not be valid. */
async function edited(
  settled: Settled,
  edits: readonly DocumentEdit[],
  { folder, now }: SecondImport,
): Promise<Pick<Corrected, 'settled' | 'diagnostics'> | undefined> {
  const { texts: changed, refused } = editDocuments(settled.texts, edits)
  const texts = new Map([...settled.texts, ...changed].sort(([a], [b]) => compareText(a, b)))
  const loaded = await loadTexts(folder, texts, now)
  return loaded.ok
    ? { settled: { ...settled, texts, desired: loaded.value }, diagnostics: notEdited(refused) }
    : undefined
}
