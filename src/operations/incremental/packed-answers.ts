import { createGunzip, createGzip } from 'node:zlib'
import { Readable } from 'node:stream'
import { isObject } from '../../model/json.ts'
import type { AccountPolicy } from '../../org/answers/account-policy.ts'
import type { User } from '../../org/answers/user.ts'
import { userText, type KeptAnswers, type KeptGroup } from './kept-answers.ts'

/** The first line. The accounts follow, one on each. */
interface Head {
  readonly accounts: number
  readonly groups: readonly (readonly [term: string, found: readonly KeptGroup[]])[]
  readonly members: readonly (readonly [id: string, accountIds: readonly string[]])[]
}

/** An account, and its policy: absent where it was not asked for, null where the answer left it out. */
type Line = readonly [user: User, policy?: AccountPolicy | null]

/** Characters that are compressed at a time. */
const partSize = 65_536

/**
 * Answers as text: a line of JSON for each account, compressed, in base64. The same answers make the same text. In lines, so that the JSON of half a million accounts is never in memory at once.
 */
export async function packAnswers({ users = new Map(), policies, groups, members }: KeptAnswers): Promise<string> {
  const head: Head = { accounts: users.size, groups: [...groups], members: [...members] }
  const parts: Buffer[] = []
  for await (const part of Readable.from(linesOf(head, users, policies)).pipe(createGzip())) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('base64')
}

function* linesOf(
  head: Head,
  users: ReadonlyMap<string, User>,
  policies: ReadonlyMap<string, AccountPolicy | null>,
): Iterable<string> {
  let part = `${JSON.stringify(head)}\n`
  for (const [id, user] of users) {
    const policy = policies.get(id)
    part += `[${userText(user)}${policy === undefined ? '' : `,${JSON.stringify(policy)}`}]\n`
    if (part.length < partSize) continue
    yield part
    part = ''
  }
  yield part
}

/** What was packed; undefined where the text is not what was. */
export async function unpackAnswers(text: string): Promise<KeptAnswers | undefined> {
  const users = new Map<string, User>()
  const policies = new Map<string, AccountPolicy | null>()
  let head: Head | undefined
  try {
    for await (const line of unzippedLines(text)) {
      const read: unknown = JSON.parse(line)
      if (head === undefined) {
        if (!isHead(read)) return undefined
        head = read
        continue
      }
      const [user, policy] = read as Line
      users.set(user.accountId, user)
      if (policy !== undefined) policies.set(user.accountId, policy)
    }
  } catch {
    return undefined
  }
  return head?.accounts !== users.size
    ? undefined
    : { users, policies, groups: new Map(head.groups), members: new Map(head.members) }
}

const isHead = (value: unknown): value is Head =>
  isObject(value) && Array.isArray(value['groups']) && Array.isArray(value['members'])

async function* unzippedLines(text: string): AsyncIterable<string> {
  const unzip = createGunzip()
  unzip.end(Buffer.from(text, 'base64'))
  let rest = ''
  const decoder = new TextDecoder()
  for await (const part of unzip) {
    const lines = (rest + decoder.decode(part as Buffer, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}
