import { attestCommand } from '../../adoption/comments.ts'
import type { Draft, DraftMember } from '../../adoption/draft.ts'
import type { SeenPolicy } from '../../adoption/sighting.ts'
import { uniqueNames } from '../../adoption/unique-name.ts'
import type { Desired, Resource } from '../../kinds/resource.ts'
import { compareText, formatAddress } from '../../model/address.ts'
import { isMembers } from '../../model/document-member.ts'
import { grouped } from '../../model/grouped.ts'
import type { Json } from '../../model/json.ts'
import { homeOf } from './schema-file.ts'

/** What drafts must fit in with. */
export interface Surroundings {
  readonly desired: Desired
  /** The names that documents of policies have, or are to have. */
  readonly policyNames: readonly string[]
  /** The paths of all texts of the folder. */
  readonly files: readonly string[]
  /** How the documents call the directory of a policy that was seen; undefined where they do not tell. */
  readonly directoryOf: (id: string) => string | undefined
}

/** Drafts as they fit into a folder: under names that nobody has, in files of their own beside those of their kind. */
export function fitIn(drafts: readonly Draft[], surroundings: Surroundings): readonly Draft[] {
  const { desired, policyNames, directoryOf } = surroundings
  const policyName = uniqueNames(...policyNames)
  const listName = uniqueNames(...desired.AccountList.map(({ spec }) => spec.name))
  const lists = new Map(
    drafts
      .filter(({ address }) => address.kind === 'AccountList')
      .map(({ address: { name } }) => [name, listName(name)] as const),
  )
  const named = drafts.map(draft => {
    const { kind, name } = draft.address
    if (kind === 'AccountList') return renamed(draft, lists.get(name) ?? name)
    if (kind !== 'AuthenticationPolicy') return draft
    const id = idOf(draft)
    return renamed(
      withDirectory(withLists(draft, lists), directoryOf(id)),
      policyName(name, `${name} (${id.slice(0, 8)})`),
    )
  })
  return inFiles(named, surroundings)
}

/** The id that the document of a policy states. */
export function idOf({ members }: Draft): string {
  const id = members.find(({ key }) => key === 'id')?.value
  return typeof id === 'string' ? id : ''
}

/** A draft under another name, also where its comments name it. */
function renamed(draft: Draft, name: string): Draft {
  if (name === draft.address.name) return draft
  const address = { ...draft.address, name }
  return {
    ...draft,
    address,
    members: withValue(draft.members, 'name', name),
    foot: draft.foot.map(line => line.replace(attestCommand(draft.address), () => attestCommand(address))),
  }
}

/** The documents know better than a guess what a directory is. */
const withDirectory = (draft: Draft, directory: string | undefined): Draft =>
  directory === undefined
    ? draft
    : {
        ...draft,
        members: draft.members.map(member =>
          member.key === 'directory' && member.value !== directory ? { key: 'directory', value: directory } : member,
        ),
      }

const withValue = (members: readonly DraftMember[], key: string, value: Json): readonly DraftMember[] =>
  members.map(member => (member.key === key ? { ...member, value } : member))

function withLists(draft: Draft, names: ReadonlyMap<string, string>): Draft {
  const inside = (members: readonly DraftMember[]): readonly DraftMember[] =>
    members.map(member => {
      const { key, value } = member
      if (isMembers(value)) return { ...member, value: inside(value) }
      return key === 'accountLists' && Array.isArray(value)
        ? { ...member, value: (value as readonly string[]).map(name => names.get(name) ?? name) }
        : member
    })
  return { ...draft, members: inside(draft.members) }
}

/** The name of the directory that documents give to the policies of each directory that was seen, where they agree. */
export function knownDirectories(
  policies: readonly { readonly document: Resource<'AuthenticationPolicy'>; readonly seen: SeenPolicy }[],
): ReadonlyMap<string, string> {
  const names = grouped(policies, ({ seen }) => seen.directoryId)
  return new Map(
    [...names].flatMap(([id, same]) => {
      const [only, another] = new Set(same.map(({ document }) => document.spec.directory))
      return only === undefined || another !== undefined ? [] : [[id, only] as const]
    }),
  )
}

/** Where the documents of a kind all lie in one folder, new ones go there as well; lists of accounts go beside the policies. */
function inFiles(drafts: readonly Draft[], { desired, files }: Surroundings): readonly Draft[] {
  const home = homeOf(desired)
  const taken = new Set(files.map(file => file.toLowerCase()))
  const folders = new Map<string, string | undefined>(
    (['AuthenticationPolicy', 'ExternalUserPolicy', 'IpAllowlist'] as const).map(kind => {
      const [only, another] = new Set(desired[kind].map(({ locate }) => folderOf(locate([]).file)))
      return [kind, another === undefined ? only : undefined] as const
    }),
  )
  return [...drafts]
    .sort((a, b) => compareText(formatAddress(a.address), formatAddress(b.address)))
    .map(draft => {
      const { kind } = draft.address
      const base = draft.file.slice(draft.file.lastIndexOf('/') + 1)
      const folder = folders.get(kind === 'AccountList' ? 'AuthenticationPolicy' : kind) ?? home + folderOf(draft.file)
      return { ...draft, file: free(folder, base, taken) }
    })
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1)

function free(folder: string, base: string, taken: Set<string>): string {
  const [stem = '', ...endings] = base.split('.')
  let file = folder + base
  for (let number = 2; taken.has(file.toLowerCase()); number++)
    file = folder + [`${stem}-${number}`, ...endings].join('.')
  taken.add(file.toLowerCase())
  return file
}
