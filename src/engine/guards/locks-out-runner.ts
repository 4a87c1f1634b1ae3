import { count, some } from '../../diagnostics/wording.ts'
import { covers, isRange } from '../../kinds/address-range.ts'
import type { Guard, GuardInput, Verdict } from './guard.ts'
import { isLost, lossesOf, watchedAs } from './watched.ts'

/** Postern keeps working after its own plan: the owner of its key, and the addresses that it calls from. */
export const locksOutRunner: Guard = {
  code: 'locks-out-runner',
  liftable: true,
  judge(input) {
    const verdicts = [owner(input), addresses(input)]
    for (const status of ['blocks', 'not-checked'] as const) {
      const found = verdicts.filter(verdict => verdict.status === status)
      const [first] = found
      if (first !== undefined) return { ...first, summary: found.map(({ summary }) => summary).join('; ') }
    }
    return { status: 'passed', summary: verdicts.map(({ summary }) => summary).join('; ') }
  },
}

function owner({ lockOut, desired, steps }: GuardInput): Verdict {
  const { keyOwner } = desired.organization.spec.runner ?? {}
  if (keyOwner === undefined)
    return steps.length === 0
      ? { status: 'passed', summary: 'no step can shut out the owner of the key' }
      : {
          status: 'not-checked',
          summary: 'who owns the key is not declared: declare `runner.keyOwner`',
        }
  const watched = watchedAs(lockOut, 'key-owner')
  if (watched.length === 0)
    return {
      status: 'not-checked',
      summary: `the organization shows no account \`${keyOwner}\`: correct \`runner.keyOwner\``,
    }
  const lost = watched.filter(isLost)
  return lost.length === 0
    ? { status: 'passed', summary: `no step shuts out the owner of the key, \`${keyOwner}\`, as far as known` }
    : { status: 'blocks', summary: `the owner of the key could not sign in any more: ${lossesOf(lost)}` }
}

function addresses({ desired, steps, live }: GuardInput): Verdict {
  const written = new Set(
    steps
      .filter(({ kind, action }) => kind === 'IpAllowlist' && (action === 'create' || action === 'update'))
      .map(({ name }) => name),
  )
  const closed = desired.IpAllowlist.filter(({ spec }) => {
    if (!written.has(spec.name)) return false
    const object = live.objects.find(({ address }) => address.kind === 'IpAllowlist' && address.name === spec.name)
    const enabled = object?.fields['enabled']
    // Who writes an allowlist without saying so leaves it as it is, and a new one is in force.
    return spec.enabled ?? !(enabled?.state === 'known' && enabled.value === false)
  })
  if (closed.length === 0) return { status: 'passed', summary: 'no step writes an allowlist that is in force' }
  const own = (desired.organization.spec.runner?.addresses ?? []).filter(isRange)
  const names = some(closed.map(({ spec }) => spec.name))
  if (own.length === 0)
    return {
      status: 'not-checked',
      summary: `whether the allowlist ${names} lets Postern in is not known: declare \`runner.addresses\``,
    }
  const missing = closed.flatMap(({ spec }) => {
    const left = own.filter(address => !spec.ranges.some(range => isRange(range) && covers(range, address)))
    return left.length === 0 ? [] : [`\`${spec.name}\` leaves out ${some(left)}`]
  })
  return missing.length === 0
    ? {
        status: 'passed',
        summary: `the allowlist ${names} holds ${count(own.length, 'address', 'addresses')} of the runner`,
      }
    : {
        status: 'blocks',
        summary: `Postern would be shut out by an allowlist: ${missing.slice(0, 5).join('; ')}`,
        otherwise: 'add the addresses to `ranges`',
      }
}
