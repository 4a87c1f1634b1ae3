/** Columns of "Export members" of the authentication policies, before one column for each app (ref 2.4). */
export const membersHeader: readonly string[] = [
  'name',
  'email',
  'last active',
  'status',
  'billable',
  'policy name',
  'policy type',
  'SAML SSO',
  'two-step verification enabled',
  'password requirements',
  'idle session duration',
]

/** Columns of "Export accounts" of the domains, before one column for each app (ref 2.4). */
export const accountsHeader: readonly string[] = [
  'name',
  'Atlassian ID',
  'status',
  'last active',
  'claimed',
  'billable',
  'policy type',
  'SAML SSO',
  'two-step verification',
  'verified email',
]

/** Columns of "Export users" of the external users (ref 2.4). */
export const externalUsersHeader: readonly string[] = [
  'email',
  'Atlassian ID',
  'last active',
  'apps',
  'billable for Guard Standard',
]
