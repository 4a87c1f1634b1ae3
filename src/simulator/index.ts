/**
 * A simulated organization behind the public Admin API, to try policies and programs without a real one.
 *
 * @packageDocumentation
 */
export {
  accountByEmail,
  addAccount,
  changeEmail,
  changeMembership,
  type Account,
  type Accounts,
  type Membership,
} from './accounts.ts'
export { accountsHeader, externalUsersHeader, membersHeader } from './console/csv-headers.ts'
export { auditActions, type AuditAction, type AuditActionId } from './audit-actions.ts'
export { wellKnownKey } from './build-keys.ts'
export type { FailingAccount, Fault, FaultRule } from './faults.ts'
export { parseFault } from './parse-fault.ts'
export { parseScenario } from './parse-scenario.ts'
export { documentedRateLimits, type RateLimit } from './rate-limits.ts'
export type { RecordedRequest } from './recorded-request.ts'
export type * from './scenario.ts'
export { builtInScenarios } from './scenarios/built-in.ts'
export type { AuthenticationSettings, ExternalSettings, PasswordSettings, PasswordStrength } from './settings.ts'
export { simulate, type Simulator, type SimulatorOptions } from './simulate.ts'
export type * from './state.ts'
export { defaultSwitches, type Switches } from './switches.ts'
export type { AuditMode } from './world.ts'
export type { Json, JsonObject } from '../model/json.ts'
