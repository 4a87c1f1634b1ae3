import type { ControlPolicy, Json } from '../../src/simulator/index.ts'
import { attest } from '../../src/operations/attest.ts'
import { desiredOf, edit, typed } from '../operations/console.ts'
import { asAdmin, found, type Place, type Spot } from './soak-spot.ts'

const allowlistName = 'Office and VPN'

const rangesOf = ({ rule }: ControlPolicy): readonly Json[] => rule['in'] as readonly Json[]

/** A field of the allowlist, which `change` changes to and fro. */
function inAllowlist(
  { started }: Place,
  path: string,
  known: 'by-event' | 'unlogged',
  change: (list: ControlPolicy) => void,
): Spot {
  const enter = async (): Promise<void> => {
    const list = found(started.simulator.state.controlPolicies.find(({ name }) => name === allowlistName))
    if (known === 'unlogged') {
      change(list)
      return
    }
    const { id, type, name } = list
    const wanted = { ...list }
    change(wanted)
    const attributes = { type, name, status: wanted.status, rule: wanted.rule }
    await asAdmin(started, 'PUT', `/admin/control/v1/orgs/ORG/policies/${id}`, {
      data: { type: 'policy', id, attributes },
    })
  }
  return {
    name: `${path} of the allowlist`,
    known,
    conditions: [{ enter }, { enter, shown: [`changed-outside IpAllowlist/${allowlistName} ${path}`] }],
  }
}

/** An allowlist that no document names is none of the business of a check. */
function otherAllowlist({ started }: Place): Spot {
  const base = '/admin/control/v1/orgs/ORG/policies'
  const attributes = { type: 'ip-allowlist', name: 'Warehouse', status: 'enabled', rule: { in: ['192.0.2.0/24'] } }
  const own = () => found(started.simulator.state.controlPolicies.find(({ name }) => name === attributes.name))
  return {
    name: 'another allowlist',
    known: 'by-event',
    conditions: [
      { enter: () => asAdmin(started, 'DELETE', `${base}/${own().id}`) },
      { enter: () => asAdmin(started, 'POST', base, { data: { type: 'policy', attributes } }) },
    ],
  }
}

/** A setting of the console. No API shows it: from the event on nothing that was seen of the policy counts, until somebody looks again. */
function inConsole(
  { started, folder, facts }: Place,
  kind: string,
  name: string,
  path: string,
  [applied, other]: readonly [string, string],
): Spot {
  const attested = facts.filter(({ address }) => address.kind === kind && address.name === name)
  return {
    name: `the settings of ${name}`,
    known: 'by-event-alone',
    conditions: [
      {
        enter: async () => {
          await edit(started, kind, name, { [path]: applied })
          started.clock.time += 1_000
          const statements = attested.map(({ path: field, value }) => ({
            address: `${kind}/${name}`,
            path: field,
            text: typed(value),
          }))
          const desired = await desiredOf(started, folder)
          const done = await attest({ desired, ledger: started.ledger, statements, by: 'alice', now: started.now() })
          if (!done.ok) throw new Error(`${name} cannot be attested: ${JSON.stringify(done.diagnostics)}`)
        },
      },
      {
        enter: () => edit(started, kind, name, { [path]: other }),
        shown: attested.map(({ path: field }) => `stale ${kind}/${name} ${field}`),
      },
    ],
  }
}

/** What changes about the policies themselves. */
export const settingsSpots = (place: Place): readonly Spot[] => [
  inAllowlist(place, 'ranges', 'by-event', list => {
    const wider = ['203.0.113.0/24', '2001:db8::/48', '198.51.100.0/24']
    list.rule = { ...list.rule, in: rangesOf(list).length === 3 ? wider.slice(0, 2) : wider }
  }),
  inAllowlist(place, 'allowMobileBypass', 'unlogged', list => {
    list.rule = { ...list.rule, allowMobileBypass: list.rule['allowMobileBypass'] !== true }
  }),
  inAllowlist(place, 'enabled', 'by-event', list => {
    list.status = list.status === 'enabled' ? 'disabled' : 'enabled'
  }),
  otherAllowlist(place),
  inConsole(place, 'AuthenticationPolicy', 'Local accounts', 'settings.idleSession', ['8h', '4h']),
  inConsole(place, 'AuthenticationPolicy', 'Contractors and break-glass', 'settings.idleSession', ['1h', '2h']),
  inConsole(place, 'ExternalUserPolicy', 'external', 'settings.sessionDuration', ['7d', '9d']),
]
