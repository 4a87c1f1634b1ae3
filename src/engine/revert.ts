import { isExempt } from '../kinds/access-rules.ts'
import type { Live, LiveAccount } from '../kinds/live.ts'
import { breakGlassIn } from '../kinds/organization-in.ts'
import { valueAt, withValueAt } from '../kinds/path.ts'
import { formatAddress } from '../model/address.ts'
import type { AccountMove, FieldChange } from '../model/change.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { SavedPlan, Step } from '../model/plan.ts'
import type { AccessChange, Part } from './part.ts'
import { isBetween, sameField } from './same-field.ts'

/** A run that is to be undone, and what is governed now. */
export interface RevertInput {
  readonly run: string
  readonly steps: readonly Step[]
  /** What the steps changed, as it was. */
  readonly before: SavedPlan['before']
  /** What was last applied. */
  readonly documents: Readonly<Record<string, JsonObject>>
  readonly policyOf: Readonly<Record<string, string>>
  readonly live: Live
  /** The ids of the declared policies, by name. */
  readonly ids: ReadonlyMap<string, string>
}

/** Something that a revert leaves as it is, and why. */
export interface NotReverted {
  readonly what: string
  readonly why: string
}

/** The documents as they were before the run, as far as it changed them, and what that is about. */
export interface Reverted {
  readonly documents: Readonly<Record<string, JsonObject>>
  readonly part: Part
  readonly notReverted: readonly NotReverted[]
}

const changedSince = 'it was changed again since'

/** The objects that the steps removed, as documents: they have to be looked for where they were, since no document names them any more. */
export const removedBy = ({ steps, before }: Pick<RevertInput, 'steps' | 'before'>): RevertInput['documents'] =>
  Object.fromEntries(
    steps.flatMap(step => {
      const image = before.objects[formatAddress(step)]
      return step.action === 'delete' && isObject(image) && isObject(image['fields'])
        ? [[formatAddress(step), { kind: step.kind, name: step.name, ...image['fields'] }]]
        : []
    }),
  )

/** Turns the changes of a run around, one by one. What was changed again since is left as it is: that was somebody's decision. */
export function revertOf(input: RevertInput): Reverted {
  const { steps, documents } = input
  const state: State = { input, documents: { ...documents }, addresses: new Set(), notReverted: [] }
  for (const step of steps)
    if (step.channel === 'console') revertConsole(step, state)
    else if (step.action === 'create' || step.action === 'update' || step.action === 'delete') revertObject(step, state)
  const moves = movesBack(state)
  return {
    documents: state.documents,
    part: { addresses: state.addresses, ...moves, ...accessBack(state) },
    notReverted: state.notReverted,
  }
}

/** The objects that the steps make, as documents: one that was made in part only is in no last apply. */
export const madeBy = (steps: readonly Step[]): RevertInput['documents'] =>
  Object.fromEntries(
    steps
      .filter(({ channel, action }) => channel === 'api' && action === 'create')
      .map(step => [
        formatAddress(step),
        step.changes.reduce<JsonObject>((document, { path, after }) => withValueAt(document, path, after), {
          kind: step.kind,
          name: step.name,
        }),
      ]),
  )

interface State {
  readonly input: RevertInput
  readonly documents: Record<string, JsonObject>
  readonly addresses: Set<string>
  readonly notReverted: NotReverted[]
}

function revertObject(step: Step, { input, documents, addresses, notReverted }: State): void {
  const address = formatAddress(step)
  const image = input.before.objects[address]
  const live = input.live.objects.find(object => formatAddress(object.address) === address)?.observed
  const document = documents[address]
  const leave = (why: string) => notReverted.push({ what: address, why })
  if (step.action === 'create') {
    if (live === undefined) return
    if (!step.changes.every(change => isOfRun(step.kind, change, live.fields[change.path], undefined)))
      return void leave(changedSince)
    Reflect.deleteProperty(documents, address)
    addresses.add(address)
    return
  }
  const fields = isObject(image) && isObject(image['fields']) ? image['fields'] : undefined
  if (fields === undefined) return void leave('its former state was not kept')
  if (step.action === 'delete') {
    if (live !== undefined) return void leave('there is an object of that name again')
    Object.assign(documents, removedBy({ steps: [step], before: input.before }))
    addresses.add(address)
    return
  }
  if (live === undefined || document === undefined) return void leave('it is not governed any more')
  let reverted = document
  for (const change of step.changes) {
    const was = fields[change.path]
    const now = live.fields[change.path]
    if (was === undefined || sameField(step.kind, change.path, now, was)) continue
    if (!isOfRun(step.kind, change, now, was)) {
      notReverted.push({ what: `${change.path} of ${address}`, why: changedSince })
      continue
    }
    reverted = withValueAt(reverted, change.path, was)
  }
  if (reverted === document) return
  documents[address] = reverted
  addresses.add(address)
}

/** A person carried it out, if anybody did: what evidence shows decides whether something is left to set back. */
function revertConsole(step: Step, { input, documents, addresses, notReverted }: State): void {
  const address = formatAddress(step)
  const document = documents[address]
  if (document === undefined) return
  if (step.action === 'create') {
    notReverted.push({ what: address, why: 'only the console can delete a policy: move its members away first' })
    return
  }
  const fields = input.live.objects.find(object => formatAddress(object.address) === address)?.fields ?? {}
  let reverted = document
  for (const { path, before, after } of step.changes) {
    const field = fields[path]
    const now = field === undefined || field.state === 'unknown' ? undefined : field.value
    if (now === undefined && step.action === 'confirm' && before === undefined) continue
    if (before === undefined) {
      if (sameField(step.kind, path, now, after))
        notReverted.push({ what: `${path} of ${address}`, why: 'what it was before is not known' })
      continue
    }
    if (sameField(step.kind, path, before, after) || sameField(step.kind, path, now, before)) continue
    if (now !== undefined && !sameField(step.kind, path, now, after)) {
      notReverted.push({ what: `${path} of ${address}`, why: changedSince })
      continue
    }
    if (valueAt(document, path) !== undefined) reverted = withValueAt(reverted, path, before)
  }
  if (reverted === document) return
  documents[address] = reverted
  addresses.add(address)
}

/** Whether a field is as the run left it: a run that failed or was cut off may have left it in between. */
const isOfRun = (kind: string, { path, after }: FieldChange, now: Json | undefined, was: Json | undefined): boolean =>
  sameField(kind, path, now, after) || isBetween(path, now, was, after)

/** Moves each account back into the policy it came from, if it is still where the run put it. */
function movesBack({ input, notReverted }: State): Pick<Part, 'moves' | 'claimed'> {
  const { steps, before, live, ids, policyOf } = input
  const names = new Map([...ids].map(([name, id]) => [id, name]))
  const accounts = new Map(live.accounts.map(account => [account.accountId, account]))
  const moves = new Map<string, AccountMove[]>()
  const claimed = new Map(Object.entries(policyOf))
  for (const step of steps.filter(({ action }) => action === 'move')) {
    for (const { account } of step.accounts ?? []) {
      const now = accounts.get(account.accountId ?? '')
      const from = before.policyOf[account.accountId ?? '']
      const leave = (why: string) => notReverted.push({ what: account.email, why })
      if (now?.active !== true) leave('it is no active managed account any more')
      else if (from === undefined) leave('the policy that it came from was not kept')
      else if (now.policyId === from) continue
      else if (now.policyId !== ids.get(step.name)) leave(changedSince)
      else {
        const into = names.get(from)
        if (into === undefined) {
          leave(`the policy ${live.policyNames.get(from) ?? from} that it came from is in no document`)
          continue
        }
        moves.set(into, [
          ...(moves.get(into) ?? []),
          { account: { accountId: now.accountId, email: now.email }, from: step.name },
        ])
        claimed.set(now.accountId, into)
      }
    }
  }
  return { moves, claimed }
}

/** Gives access back to those whom the run suspended, and takes it from those to whom it gave it back. */
function accessBack({ input, notReverted }: State): Pick<Part, 'suspend' | 'restore'> {
  const { steps, live, run, documents } = input
  const accounts = new Map([...live.externals, ...live.accounts].map(account => [account.accountId, account]))
  const breakGlass = breakGlassIn(documents)
  const changed = (action: Step['action'], status: LiveAccount['status'], because: string): readonly AccessChange[] =>
    steps
      .filter(step => step.action === action)
      .flatMap(({ accounts: about = [] }) =>
        about.flatMap(({ account: { accountId = '', email } }): readonly AccessChange[] => {
          const account = accounts.get(accountId)
          if (account?.status !== status) return []
          if (action === 'restore' && isExempt(account, breakGlass)) {
            notReverted.push({
              what: email,
              why: 'its access is never taken: an organization admin or a break-glass account',
            })
            return []
          }
          return [{ account, because }]
        }),
      )
  return {
    restore: changed('suspend', 'suspended', `the run ${run} suspended it`),
    suspend: changed('restore', 'active', `the run ${run} gave it its access back`),
  }
}
