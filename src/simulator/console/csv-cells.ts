import { parseDuration } from '../../model/duration.ts'
import type { Account } from '../accounts.ts'
import { day } from '../moments.ts'
import type { AuthenticationPolicy } from '../state.ts'

// The documentation names the columns of the exports and none of the values in them (ref 2.4): all of these are inferred.

const yesNo = (value: boolean): string => (value ? 'Yes' : 'No')

const strengths: Readonly<Record<string, string>> = {
  weak: 'Weak',
  fair: 'Fair',
  good: 'Good',
  strong: 'Strong',
  'very-strong': 'Very strong',
}

const statuses: Readonly<Record<Account['accountStatus'], string>> = {
  active: 'Active',
  inactive: 'Deactivated',
  closed: 'Deleted',
}

/** How the exports write what they hold. */
export const cells = {
  lastActive: ({ lastActive }: Account): string => (lastActive === null ? 'Never accessed' : day(lastActive)),
  status: ({ accountStatus, membershipStatus }: Account): string =>
    accountStatus === 'active' && membershipStatus === 'suspended' ? 'Suspended' : statuses[accountStatus],
  claimed: ({ managed }: Account): string => yesNo(managed),
  billable: ({ accountStatus }: Account, policy: AuthenticationPolicy | undefined): string =>
    yesNo(accountStatus === 'active' && (policy?.billable ?? false)),
  policyType: ({ billable }: AuthenticationPolicy): string => (billable ? 'billable' : 'non-billable'),
  singleSignOn: ({ settings }: AuthenticationPolicy): string =>
    settings.singleSignOn === 'enforced' ? 'Enforced' : 'Not enforced',
  /** The member's own flag: it proves nothing about the policy. */
  twoStepVerification: ({ mfaEnabled }: Account): string => yesNo(mfaEnabled),
  passwordRequirements: ({ settings }: AuthenticationPolicy): string =>
    strengths[settings.password.minimumStrength ?? ''] ?? 'None',
  idleSession: ({ settings }: AuthenticationPolicy): string => inWords(settings.idleSession),
  verifiedEmail: (): string => yesNo(true),
  hasApp: (has: boolean): string => (has ? 'User' : 'None'),
}

/** `8h` is `8 hours`. */
function inWords(duration: string): string {
  const minutes = parseDuration(duration)
  if (minutes === undefined) return duration
  const [amount, unit] =
    minutes % 1440 === 0 ? [minutes / 1440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}
