import { count } from '../diagnostics/wording.ts'
import type { AccountRef } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import type { Json } from '../model/json.ts'
import type { Impact } from '../model/plan.ts'
import type { Assessed, Standing } from './assess.ts'
import { isCovered } from './policy-verdict.ts'
import type { PolicyView } from './policy-view.ts'

/** Accounts whose access the plan takes, or gives back. */
export interface AccessChanges {
  readonly suspended: ReadonlySet<string>
  readonly restored: ReadonlySet<string>
}

/** What a policy asks of people when they sign in; `unknown` where nothing current shows it. */
type Ask = 'passcode' | 'two-step' | 'sso' | 'nothing' | 'unknown'

interface Found {
  readonly row: Assessed
  readonly certain: boolean
  /** Live tokens that stop working. */
  readonly tokens?: number
}

/** What people will notice once the documents are carried out (design 6). Nobody is logged out when a policy is saved (ref 5.1): most shows at the next sign-in. */
export function impactOf(rows: readonly Assessed[], access: AccessChanges): readonly Impact[] {
  const found = new Map<string, Found[]>()
  const add = (code: keyof typeof words, one: Found): void => {
    const key = `${code} ${one.certain}`
    const list = found.get(key)
    if (list === undefined) found.set(key, [one])
    else list.push(one)
  }
  for (const row of rows) {
    const { now, declared, account } = row
    if (access.suspended.has(account.accountId)) add('suspended', { row, certain: true })
    if (access.restored.has(account.accountId)) add('restored', { row, certain: true })
    if (now === undefined || declared === undefined) continue
    // Nearly all accounts stay in the policy they are in, and that asks for what it asked for.
    const asked = askFor(row, now, declared)
    if (asked !== undefined) add(asked.code, { row, certain: asked.certain })
    const tokens = lostTokens(now, declared)
    if (tokens !== undefined) add('loses-tokens', { row, ...tokens })
    const billed = becomesBillable(row, now, declared)
    if (billed !== undefined) add('becomes-billable', { row, certain: billed })
  }
  return order.flatMap(code =>
    [true, false].flatMap((certain): readonly Impact[] => {
      const list = found.get(`${code} ${certain}`)
      return list === undefined ? [] : [described(code, certain, list)]
    }),
  )
}

function described(code: Code, certain: boolean, list: readonly Found[]): Impact {
  const accounts = list
    .map(({ row: { account } }): AccountRef => ({ accountId: account.accountId, email: account.email }))
    .sort((a, b) => compareText(a.email, b.email))
  const summary = `${words[code](list)}${certain ? '' : unsure[code]}`
  const tokens = list.reduce((sum, one) => sum + (one.tokens ?? 0), 0)
  return { code, summary, certain, accounts, ...(code === 'loses-tokens' && tokens > 0 && { tokens }) }
}

const words = {
  suspended: list => `${count(list.length, 'external account')} ${verb(list, 'loses', 'lose')} access to all apps`,
  restored: list => `${count(list.length, 'account')} ${verb(list, 'gets', 'get')} access back, with roles and groups`,
  'asked-for-sso': list =>
    `${people(list)} ${verb(list, 'signs', 'sign')} in through the identity provider from the next sign-in on`,
  'asked-for-two-step': list =>
    `${people(list)} ${verb(list, 'is', 'are')} asked for two-step verification at the next sign-in${toSetUp(list)}`,
  'asked-for-passcode': list =>
    `${people(list)} ${verb(list, 'is', 'are')} asked for an emailed passcode when the session ends`,
  'no-longer-asked': list => `${people(list)} ${verb(list, 'is', 'are')} no longer asked for a second factor`,
  'loses-tokens': list => {
    const tokens = list.reduce((sum, one) => sum + (one.tokens ?? 0), 0)
    return tokens === 0
      ? `the API tokens of ${people(list)} stop working, if there are any`
      : `${count(tokens, 'live API token')} of ${people(list)} ${tokens === 1 ? 'stops' : 'stop'} working`
  },
  'becomes-billable': list => `${people(list)} ${verb(list, 'becomes', 'become')} billable for Guard Standard`,
} satisfies Readonly<Record<string, (list: readonly Found[]) => string>>

type Code = keyof typeof words

const order = Object.keys(words) as readonly Code[]

const known = ', unless that is so already: nothing shows what holds now'

const unsure: Readonly<Record<Code, string>> = {
  suspended: '',
  restored: '',
  'asked-for-sso': known,
  'asked-for-two-step': known,
  'asked-for-passcode': known,
  'no-longer-asked': '',
  'loses-tokens': ': the key may not list them',
  'becomes-billable': known,
}

const verb = (list: readonly unknown[], one: string, several: string): string => (list.length === 1 ? one : several)

function people(list: readonly Found[]): string {
  const external = list.filter(({ row }) => row.accountClass === 'external').length
  return external === list.length
    ? count(external, 'external account')
    : external === 0
      ? count(list.length, 'managed account')
      : `${count(list.length, 'account')} (${external} external)`
}

function toSetUp(list: readonly Found[]): string {
  const without = list.filter(({ row }) => row.account.mfaEnabled !== true).length
  if (without === 0) return ''
  return without === list.length
    ? ' and has to be set up then'
    : ` (${without} of them ${without === 1 ? 'has' : 'have'} to set it up then)`
}

function askFor(
  { accountClass, account }: Assessed,
  now: Standing,
  declared: Standing,
): { readonly code: Code; readonly certain: boolean } | undefined {
  // Who reaches no covered app is never asked.
  if (accountClass === 'external' && account.products?.some(isCovered) === false) return undefined
  const ask = accountClass === 'managed' ? managedAsk : externalAsk
  const [before, after] = [ask(now.view), ask(declared.view)]
  if (before === after || after === 'unknown') return undefined
  if (after === 'nothing') return before === 'unknown' ? undefined : { code: 'no-longer-asked', certain: true }
  const codes = { passcode: 'asked-for-passcode', 'two-step': 'asked-for-two-step', sso: 'asked-for-sso' } as const
  return { code: codes[after], certain: before !== 'unknown' }
}

const value = (view: PolicyView | undefined, path: string): Json | undefined => {
  const field = view?.fields[path]
  return field?.state === 'known' ? field.value : undefined
}

function managedAsk(view: PolicyView | undefined): Ask {
  const sso = value(view, 'settings.singleSignOn') ?? (view?.directoryProvider === null ? 'off' : undefined)
  if (sso === 'enforced') return 'sso'
  const steps = value(view, 'settings.twoStepVerification')
  if (steps === 'mandatory') return 'two-step'
  return sso === undefined || steps === undefined ? 'unknown' : 'nothing'
}

function externalAsk(view: PolicyView | undefined): Ask {
  const method = value(view, 'settings.authorizationMethod')
  if (method === undefined) return 'unknown'
  return method === 'one-time-passcode' ? 'passcode' : method === 'single-sign-on' ? 'sso' : 'nothing'
}

function lostTokens(now: Standing, declared: Standing): Omit<Found, 'row'> | undefined {
  const { liveTokens } = now.bypass
  if (liveTokens === 'unknown')
    return declared.bypass.policyAllows === false && now.bypass.policyAllows !== false ? { certain: false } : undefined
  return liveTokens > 0 && declared.bypass.liveTokens === 0 ? { certain: true, tokens: liveTokens } : undefined
}

/** Managed accounts count for Guard in a billable policy; external ones where theirs is billable and asks for single sign-on (ref 5.2). Undefined: no change. */
function becomesBillable({ accountClass, account }: Assessed, now: Standing, declared: Standing): boolean | undefined {
  if (accountClass === 'managed') {
    const before = value(now.view, 'billable')
    if (value(declared.view, 'billable') !== true || before === true) return undefined
    // That a policy people stay in is billable is most likely no news.
    return before === false ? true : now.policy === declared.policy ? undefined : false
  }
  const billed = (view: PolicyView | undefined): boolean | 'unknown' => {
    const [billable, method] = [value(view, 'settings.billable'), value(view, 'settings.authorizationMethod')]
    if (billable === false || (method !== undefined && method !== 'single-sign-on') || view?.name === 'test')
      return false
    return billable === undefined || method === undefined ? 'unknown' : true
  }
  if (account.products?.some(isCovered) === false || billed(declared.view) !== true) return undefined
  const before = billed(now.view)
  return before === true ? undefined : before === false
}
