import { operationNamed, type OperationName } from '../org/operations.ts'

/** An operation of the Admin API that a command calls. */
export interface CalledOperation {
  readonly operation: OperationName
  /** What the command does not tell where it cannot call it; absent where it cannot do its work at all. */
  readonly without?: string
  /** The command works where the organization has no such part. */
  readonly mayBeOff?: true
}

const required = (...names: readonly OperationName[]): readonly CalledOperation[] =>
  names.map(operation => ({ operation }))

/** What the documents are compared with. */
const live: readonly CalledOperation[] = [
  ...required(
    'getOrganization',
    'listDomains',
    'searchUsers',
    'fetchAuthPolicies',
    'searchGroups',
    'listPolicies',
    'listPolicyResources',
  ),
  { operation: 'getLastActiveDates', without: 'who is inactive' },
  { operation: 'listApiTokens', without: 'who goes around sign-in with an API token' },
  { operation: 'listEventActions', without: 'that the organization lacks Guard Standard', mayBeOff: true },
]

/** The accounts of no person stand in the older listing only. */
const everyone: readonly CalledOperation[] = [
  ...live,
  { operation: 'listManagedAccounts', without: 'which accounts are of apps and portal customers' },
]

const auditLog: readonly CalledOperation[] = [
  { operation: 'listEventActions', mayBeOff: true },
  { operation: 'streamEvents', mayBeOff: true },
]

const drift: readonly CalledOperation[] = [
  ...live.filter(({ operation }) => operation !== 'listEventActions'),
  ...auditLog,
  { operation: 'listApiKeys', without: 'when the key ends' },
  { operation: 'countUsers', without: 'what it need not read again' },
]

const apply: readonly CalledOperation[] = [
  ...live.filter(({ operation }) => operation !== 'listEventActions'),
  ...auditLog.map(({ operation }) => ({
    operation,
    without: 'who changed what has moved since the plan',
    mayBeOff: true as const,
  })),
  ...required(
    'addUsersToAuthPolicy',
    'getAuthPolicyTask',
    'createPolicy',
    'replacePolicy',
    'addPolicyResource',
    'removePolicyResource',
    'suspendUser',
    'restoreUser',
  ),
  { operation: 'deletePolicy', without: 'IP allowlists that are to be deleted' },
]

/** What the organization is written down from. */
const adopt: readonly CalledOperation[] = [
  ...required('listOrganizations', 'getOrganization', 'listDomains', 'searchUsers', 'fetchAuthPolicies'),
  { operation: 'searchGroups', without: 'which groups could select accounts' },
  { operation: 'listDirectories', without: 'the directories' },
  { operation: 'listPolicies', without: 'the IP allowlists', mayBeOff: true },
  { operation: 'listPolicyResources', without: 'the IP allowlists', mayBeOff: true },
  { operation: 'listApiTokens', without: 'which tokens contradict evidence' },
  { operation: 'listEventActions', without: 'that the organization lacks Guard Standard', mayBeOff: true },
]

/**
 * The operations that each command calls, whatever the documents hold. Commands that are not here call none. A test runs the commands and compares.
 */
export const commandOperations = {
  import: adopt,
  init: adopt,
  plan: live,
  revert: live,
  coverage: everyone,
  explain: everyone,
  drift,
  watch: drift,
  apply,
  observe: [{ operation: 'searchUsers', without: 'whether the accounts are the organization’s own' }],
} as const satisfies Readonly<Record<string, readonly CalledOperation[]>>

export type ConnectedCommand = keyof typeof commandOperations

/** The scopes that a command's operations document: those it cannot do without, and those it tells more with. Sorted. */
export function scopesOf(command: ConnectedCommand): {
  readonly needed: readonly string[]
  readonly useful: readonly string[]
} {
  const called: readonly CalledOperation[] = commandOperations[command]
  const scopes = (some: readonly CalledOperation[]): readonly string[] =>
    [...new Set(some.flatMap(({ operation }) => operationNamed(operation).scope ?? []))].sort()
  const needed = scopes(called.filter(({ without }) => without === undefined))
  const useful = scopes(called.filter(({ without }) => without !== undefined))
  return { needed, useful: useful.filter(scope => !needed.includes(scope)) }
}
