import type { JsonObject } from '../../src/model/json.ts'
import type { ApplyReport } from '../../src/model/reports.ts'
import type { RecordedRequest, Simulator, State } from '../../src/simulator/index.ts'
import { isWrite, nameIn } from './carried-out.ts'
import { organizationState, type OrganizationState } from './organization-state.ts'

/** What contradicts what the simulator saw in the results of one apply, in words. */
export function contradictions(
  report: Pick<ApplyReport, 'steps'> | undefined,
  requests: readonly RecordedRequest[],
  simulator: Pick<Simulator, 'state'>,
  end: OrganizationState,
): readonly string[] {
  const writes = requests.filter(isWrite)
  if (report === undefined) return writes.length === 0 ? [] : ['there is no report, but something was sent']
  const now = organizationState(simulator)
  const touched = new Set(writes.map(write => objectOf(write, simulator.state)))
  return report.steps.flatMap(({ id, status }) => {
    const [channel = '', action = '', kind = '', ...rest] = id.split('/')
    if (channel !== 'api') return []
    const name = rest.join('/')
    if (status === 'done' && !isVisible(action, name, now, end)) return [`${id} is called done and cannot be seen`]
    const wasTouched = touched.has(action === 'suspend' || action === 'restore' ? action : `${kind}/${name}`)
    return status === 'not-attempted' && wasTouched ? [`${id} is called not attempted, but something was sent`] : []
  })
}

/** Whether the organization shows what a step is for, as far as it is what the story ends with. */
function isVisible(action: string, name: string, now: OrganizationState, end: OrganizationState): boolean {
  const alike = (matters: (account: JsonObject) => boolean): boolean =>
    Object.entries(end.accounts).every(
      ([email, account]) => !matters(account) || JSON.stringify(now.accounts[email]) === JSON.stringify(account),
    )
  switch (action) {
    case 'move':
      return alike(({ policy }) => policy === name)
    case 'suspend':
      return alike(({ membershipStatus }) => membershipStatus === 'suspended')
    case 'restore':
      return alike(({ managed, membershipStatus }) => managed === false && membershipStatus === 'active')
    default:
      return named(now, name) === named(end, name)
  }
}

const named = ({ allowlists }: OrganizationState, name: string): string =>
  JSON.stringify(allowlists.filter(list => list['name'] === name))

/** The object that a write is about. */
function objectOf({ path, body }: RecordedRequest, state: State): string {
  const access = /\/(suspend|restore)$/.exec(path)?.[1]
  if (access !== undefined) return access
  const moved = /\/auth-policy\/([^/]+)\//.exec(path)?.[1]
  if (moved !== undefined)
    return `AuthenticationPolicy/${state.authenticationPolicies.find(({ id }) => id === moved)?.name ?? ''}`
  const policy = /\/policies\/([^/]+)/.exec(path)?.[1]
  return `IpAllowlist/${state.controlPolicies.find(({ id }) => id === policy)?.name ?? nameIn(body)}`
}
