import type { SeenDirectory, UnreadPart } from '../adoption/sighting.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import type { LiveAccount } from '../kinds/live.ts'
import { compareText } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { Directory } from '../org/answers/directory.ts'
import type { Group } from '../org/answers/group.ts'
import { bulkFetchBatch, directorySample, syncedSource } from '../org/assumptions.ts'
import { isOutOfReach } from '../org/org-error.ts'
import type { OrgReader } from '../org/reader.ts'

/** All directories, or why there are none. */
export async function listDirectories(
  reader: OrgReader,
): Promise<{ readonly directories: readonly Directory[]; readonly unread?: UnreadPart }> {
  try {
    return { directories: await reader.directories() }
  } catch (error) {
    if (!isOutOfReach(error)) throw error
    return { directories: [], unread: { part: 'directories', why: wordsOf(error.diagnostic).summary } }
  }
}

/** The directories, and which of them each policy is in, by its id, as far as that can be told. */
export interface DirectoriesSeen {
  readonly directories: readonly SeenDirectory[]
  readonly directoryOf: ReadonlyMap<string, string>
}

/**
 * Tells the directory of each policy by a few of its members: each directory is asked which of them it holds. Where there is one directory nobody has to be
 * asked. **Inferred**, as is what is synced: no API says either (ref 2.3).
 */
export async function sightDirectories(
  reader: OrgReader,
  directories: readonly Directory[],
  accounts: readonly LiveAccount[],
  groups: readonly Group[],
  anySynced: boolean,
): Promise<DirectoriesSeen> {
  const syncedGroups = new Set(
    groups.flatMap(({ directoryId, externalSynced }) => (externalSynced === true ? (directoryId ?? []) : [])),
  )
  const samples = samplesOf(accounts)
  const [only, another] = directories
  if (only !== undefined && another === undefined) {
    const { directoryId: id, name } = only
    return {
      directories: [{ id, name, synced: anySynced || syncedGroups.has(id) }],
      directoryOf: new Map([...samples.keys()].map(policy => [policy, id])),
    }
  }
  const wanted = [...samples.values()].flat()
  const held = await Promise.all(directories.map(({ directoryId }) => holding(reader, directoryId, wanted)))
  const directoryOf = new Map<string, string>()
  for (const [policy, sample] of samples) {
    const found = directories.filter((_, index) => sample.some(id => held[index]?.accounts.has(id) === true))
    const [first] = found
    if (first !== undefined && found.length === 1) directoryOf.set(policy, first.directoryId)
  }
  return {
    directories: directories
      .map(({ directoryId: id, name }, index) => ({
        id,
        name,
        synced: syncedGroups.has(id) || held[index]?.synced === true,
      }))
      .sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id)),
    directoryOf,
  }
}

/** Some members of each policy, by its id. Whoever is in no directory tells nothing. */
function samplesOf(accounts: readonly LiveAccount[]): ReadonlyMap<string, readonly string[]> {
  const members = grouped(accounts, ({ policyId, active }) => (active ? policyId : undefined))
  return new Map(
    [...members].map(([policy, own]) => [
      policy,
      own
        .filter(({ status }) => status !== 'not-in-directory')
        .slice(0, directorySample)
        .map(({ accountId }) => accountId),
    ]),
  )
}

/** Which of these accounts a directory holds, and whether one of them is synced. */
async function holding(
  reader: OrgReader,
  directoryId: string,
  accountIds: readonly string[],
): Promise<{ readonly accounts: ReadonlySet<string>; readonly synced: boolean }> {
  const accounts = new Set<string>()
  let synced = false
  for (let start = 0; start < accountIds.length; start += bulkFetchBatch) {
    const batch = accountIds.slice(start, start + bulkFetchBatch)
    const wanted = new Set(batch)
    for await (const page of reader.users({ directoryId, accountIds: batch, expand: [] })) {
      for (const { accountId, managementSource } of page) {
        // A filter that is ignored returns everybody (ref 7).
        if (!wanted.has(accountId)) continue
        accounts.add(accountId)
        if (managementSource === syncedSource) synced = true
      }
    }
  }
  return { accounts, synced }
}
