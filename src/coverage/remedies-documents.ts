import { count } from '../diagnostics/wording.ts'
import { formatAddress } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { Remedy } from '../model/coverage.ts'
import type { Counted } from './gaps.ts'
import { levelRank } from './levels.ts'
import { externalPolicy } from './reasons.ts'
import type { RemedyInput } from './remedies.ts'
import { remedy, type Outcome } from './what-if.ts'

const rises = ({ now, declared }: Counted): boolean =>
  declared !== undefined && levelRank(declared.verdict.level) > levelRank(now.verdict.level)

const outcomes = (rows: readonly Counted[]): readonly Outcome[] =>
  rows.map(row => ({
    row,
    level: row.declared?.verdict.level,
    tokensWork: row.declared?.bypass.liveTokens !== 0,
  }))

/** What the documents already bring: moves through the API, and policies whose settings nothing proves yet. */
export function carryOut(input: RemedyInput): readonly Remedy[] {
  const risen = input.rows.filter(rises)
  const managed = risen.filter(({ accountClass }) => accountClass === 'managed')
  const moved = managed.filter(({ now, declared }) => now.policy !== declared?.policy)
  const stayed = managed.filter(({ now, declared }) => now.policy === declared?.policy)
  const byPolicy = grouped(stayed, ({ declared }) => declared?.policy)
  return [
    ...(moved.length === 0
      ? []
      : [
          remedy(input, outcomes(moved), {
            code: 'apply-moves',
            summary: `move ${count(moved.length, 'account')} into the ${moved.length === 1 ? 'policy' : 'policies'} that the documents claim ${moved.length === 1 ? 'it' : 'them'} for, with the settings that they say`,
            how: 'postern apply, then set these policies in the console as their documents say and attest them: postern plan shows the pages',
          }),
        ]),
    ...[...byPolicy].map(([policy, rows]) => prove(input, rows, { kind: 'AuthenticationPolicy', name: policy })),
  ]
}

/** The same for external accounts, whose policy is found and never joined. */
export function proveExternal(input: RemedyInput): readonly Remedy[] {
  const risen = input.rows.filter(row => row.accountClass === 'external' && rises(row))
  return (['external', 'test'] as const).flatMap(name => {
    const rows = risen.filter(({ declared }) => declared?.policy === name)
    const settling = rows.filter(({ now }) => now.verdict.reasons.some(({ code }) => code === 'propagation'))
    const unproven = rows.filter(row => !settling.includes(row))
    return [
      ...(unproven.length === 0 ? [] : [prove(input, unproven, { kind: 'ExternalUserPolicy', name })]),
      ...(settling.length === 0
        ? []
        : [
            remedy(input, outcomes(settling), {
              code: 'wait',
              summary: `wait: what was seen of ${externalPolicy[name] ?? name} counts ten minutes after it was first seen so, for ${count(settling.length, 'account')}`,
              how: 'nothing to do',
              policy: name,
            }),
          ]),
    ]
  })
}

const prove = (
  input: RemedyInput,
  rows: readonly Counted[],
  address: { readonly kind: string; readonly name: string },
): Remedy =>
  remedy(input, outcomes(rows), {
    code: 'prove-policy',
    summary: `set ${address.kind} “${address.name}” in the console as its document says, and state what the page shows: nothing proves it for ${count(rows.length, 'account')}`,
    how: `postern plan shows the page and the settings; then postern attest ${JSON.stringify(formatAddress(address))}`,
    policy: address.name,
  })
