import type { Address } from '../model/address.ts'
import type { ChosenMembers, PlacedPolicy } from './choose-members.ts'
import type { Directories } from './choose-directories.ts'
import type { Draft, DraftMember, LeftOut, Unobserved } from './draft.ts'
import { slugsOf } from './file-names.ts'
import { observedFields } from './observed-fields.ts'
import type { Refusal } from './refusal.ts'
import type { Selection } from './selection.ts'
import { uniqueNames } from './unique-name.ts'

/** A list of accounts that is longer than this gets a file of its own. */
export const mostListedInline = 10

/** What the documents of authentication policies rest on. */
export interface AuthenticationInput {
  /** Sorted by name. */
  readonly policies: readonly (PlacedPolicy & { readonly why?: string })[]
  readonly directories: Directories
  readonly members: ChosenMembers
  /** Ids of policies whose members are listed, wherever the ledger saw them last. */
  readonly listed: ReadonlySet<string>
  readonly refusal: Refusal
}

/** Drafts of one kind, and what they lack. */
export interface AdoptedObjects {
  readonly drafts: readonly Draft[]
  readonly unobserved: readonly Unobserved[]
  readonly leftOut: readonly LeftOut[]
}

/** Drafts a document for each authentication policy, and a list for those that are left with many accounts. */
export function adoptAuthentication({
  policies,
  directories,
  members,
  listed,
  refusal,
}: AuthenticationInput): AdoptedObjects {
  const slugs = slugsOf(policies.map(({ name }) => name))
  const listName = uniqueNames()
  const drafts: Draft[] = []
  const unobserved: Unobserved[] = []
  const leftOut: LeftOut[] = []
  policies.forEach(({ policy, name, why }, index) => {
    const address = { kind: 'AuthenticationPolicy', name }
    const file = `authentication/${slugs[index] ?? ''}`
    const directory = directories.of(policy.directoryId)
    const observed = observedFields(address, policy.fields, refusal)
    const lists: Draft[] = []
    const listInOwnFile = (accounts: readonly string[], ...[own, part]: readonly [string, string]): string => {
      const list = { kind: 'AccountList', name: listName(own, `${own} ${policy.id.slice(0, 8)}`) }
      lists.push({
        address: list,
        file: `${file}.${part}.yaml`,
        head: [],
        members: [
          { key: 'kind', value: list.kind },
          { key: 'name', value: list.name },
          { key: 'accounts', value: accounts },
        ],
        foot: [],
      })
      return list.name
    }
    const selection = members.selections.get(name)
    drafts.push({
      address,
      file: `${file}.yaml`,
      head: [],
      members: [
        { key: 'kind', value: address.kind },
        { key: 'name', value: name, ...(why !== undefined && { comment: why }) },
        { key: 'id', value: policy.id },
        {
          key: 'directory',
          value: directory.name,
          ...(directory.comment !== undefined && { comment: directory.comment }),
        },
        ...observed.members,
        ...(selection === undefined
          ? []
          : [{ key: 'members', value: selectors(selection, name, listInOwnFile, listed.has(policy.id)) }]),
      ],
      foot: observed.foot,
    })
    drafts.push(...lists)
    unobserved.push(...observed.unobserved)
    leftOut.push(
      ...(why === undefined ? [] : [{ address, path: 'name', why }]),
      ...observed.leftOut,
      ...left(address, members.unexpressed.get(name)),
    )
  })
  return { drafts, unobserved, leftOut }
}

type ListInOwnFile = (accounts: readonly string[], name: string, part: string) => string

/** The selectors of a policy, with a long list in a file of its own. */
function selectors(
  { accounts, groups, domains, everyoneElse, except }: Selection,
  name: string,
  listInOwnFile: ListInOwnFile,
  acrossDirectories: boolean,
): readonly DraftMember[] {
  const listed = (own: readonly string[] | undefined, list: string, part: string): readonly DraftMember[] =>
    own === undefined
      ? []
      : own.length <= mostListedInline
        ? [{ key: 'accounts', value: own }]
        : [{ key: 'accountLists', value: [listInOwnFile(own, list, part)] }]
  return [
    ...listed(accounts, name, 'accounts'),
    ...(groups === undefined ? [] : [{ key: 'groups', value: groups }]),
    ...(domains === undefined ? [] : [{ key: 'domains', value: domains }]),
    ...(everyoneElse === true ? [{ key: 'everyoneElse', value: true }] : []),
    ...(except === undefined
      ? []
      : [
          {
            key: 'except',
            value: [
              ...listed(except.accounts, `not in ${name}`, 'except'),
              ...(except.groups === undefined ? [] : [{ key: 'groups', value: except.groups }]),
              ...(except.domains === undefined ? [] : [{ key: 'domains', value: except.domains }]),
            ],
          },
        ]),
    ...(acrossDirectories ? [{ key: 'acrossDirectories', value: true }] : []),
  ]
}

const left = (address: Address, accounts: readonly string[] | undefined): readonly LeftOut[] =>
  (accounts ?? []).map(email => ({
    address,
    path: 'members',
    why: `no selector can name ${email}: its domain is not a verified one, or its address is none that documents take; it stays where it is`,
  }))
