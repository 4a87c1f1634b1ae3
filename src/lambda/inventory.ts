import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { isObject, type Json } from '../model/json.ts'

/** One organization of a fleet. */
export interface FleetOrganization {
  /** The id of the organization, as its documents have it. */
  readonly id: string
  readonly name: string
  /** Its policy folder inside the documents of the commit. */
  readonly folder: string
  /** Its prefix below `ledger/`. */
  readonly ledger: string
}

/** More would not fit the limits that were reckoned with; see the page about fleets. */
const mostOrganizations = 10_000

const members = ['id', 'name', 'folder', 'ledger']
const parts = (text: string): boolean =>
  text.length <= 200 && text.split('/').every(part => /^[\w][\w. -]*$/.test(part) && !part.endsWith('.'))

/** Reads the list of organizations, and says everything that is wrong with it. What it gives is sorted by id. */
export function readInventory(text: string, only: readonly string[] = []): Outcome<readonly FleetOrganization[]> {
  const problems: Diagnostic[] = []
  const refuse = (at: string, problem: string): void =>
    void problems.push(diagnostic('aws/bad-inventory', { at, problem }))
  const list = listIn(text)
  if (typeof list === 'string') {
    refuse('inventory.json', list)
    return outcome([], problems)
  }
  const found = list.map((entry, index) =>
    organizationIn(entry, (member, problem) => refuse(at(index, member), problem)),
  )
  const readable = found.flatMap((organization, index) => (organization === undefined ? [] : [{ organization, index }]))
  refuseTwice(readable, (index, first) => refuse(at(index, 'id'), `the organization of entry [${first}] again`))
  for (const member of ['folder', 'ledger'] as const)
    refuseNested(readable, member, (index, first, outer) =>
      refuse(
        at(index, member),
        `lies in \`${outer}\`, the ${member} of entry [${first}]: each organization has its own`,
      ),
    )
  const known = new Set(readable.map(({ organization: { id } }) => id))
  for (const id of only) if (!known.has(id)) refuse('organizations', `\`${id}\` is not in the inventory`)
  const chosen = readable
    .map(({ organization }) => organization)
    .filter(({ id }) => only.length === 0 || only.includes(id))
  return outcome(
    chosen.sort((a, b) => (a.id < b.id ? -1 : 1)),
    problems,
  )
}

const at = (index: number, member: string): string => (member === '' ? `[${index}]` : `[${index}].${member}`)

/** The list, or why it is none. */
function listIn(text: string): readonly Json[] | string {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return 'it is no JSON'
  }
  if (!Array.isArray(value)) return 'it must be a list of organizations'
  if (value.length === 0) return 'it names no organization: an empty fleet is never in sync'
  if (value.length > mostOrganizations) return `it names ${value.length} organizations; at most ${mostOrganizations}`
  return value as readonly Json[]
}

type Refuse = (member: string, problem: string) => void

function organizationIn(entry: Json, refuse: Refuse): FleetOrganization | undefined {
  if (!isObject(entry)) {
    refuse('', 'must be an object with `id`, `name` and `folder`')
    return undefined
  }
  const unknown = Object.keys(entry).filter(name => !members.includes(name))
  for (const name of unknown) refuse(name.slice(0, 40), `is not known; an entry has ${members.join(', ')}`)
  const member = (of: string): string | undefined => (typeof entry[of] === 'string' ? entry[of] : undefined)
  const [id = '', name = '', folder = ''] = ['id', 'name', 'folder'].map(member)
  const ledger = entry['ledger'] === undefined ? id : (member('ledger') ?? '')
  const fits = [
    check(/^[0-9a-z]([0-9a-z-]{0,62}[0-9a-z])?$/.test(id), 'id', idProblem, refuse),
    check(name.trim() !== '' && name.length <= 200, 'name', 'must be a text', refuse),
    check(parts(folder), 'folder', pathProblem, refuse),
    check(parts(ledger), 'ledger', pathProblem, refuse),
  ]
  return fits.includes(false) || unknown.length > 0 ? undefined : { id, name, folder, ledger }
}

const idProblem = 'must be the id of an organization: small letters, digits and `-`'
const pathProblem = 'must be a relative path of plain names, without `.` and `..`'

function check(fits: boolean, member: string, problem: string, refuse: Refuse): boolean {
  if (!fits) refuse(member, problem)
  return fits
}

interface Placed {
  readonly organization: FleetOrganization
  readonly index: number
}

function refuseTwice(all: readonly Placed[], refuse: (index: number, first: number) => void): void {
  const firsts = new Map<string, number>()
  for (const { organization, index } of all) {
    const first = firsts.get(organization.id)
    if (first === undefined) firsts.set(organization.id, index)
    else refuse(index, first)
  }
}

/** Folders that are the same, or of which one is inside the other. Sorted, such a one follows what it lies in, or others that do. */
function refuseNested(
  all: readonly Placed[],
  member: 'folder' | 'ledger',
  refuse: (index: number, first: number, outer: string) => void,
): void {
  const path = ({ organization }: Placed): string => `${organization[member]}/`
  const sorted = [...all].sort((a, b) => (path(a) < path(b) ? -1 : path(a) > path(b) ? 1 : 0))
  let outer: Placed | undefined
  for (const one of sorted) {
    if (outer !== undefined && path(one).startsWith(path(outer)))
      refuse(one.index, outer.index, outer.organization[member])
    else outer = one
  }
}
