/**
 * Where the settings are in Atlassian Administration. The clicks are documented (ref 5, S20, S30, S33); the addresses of the pages are **inferred**
 * and stand only here. A wrong one costs a click: every console step gives the clicks as well.
 */
export const consolePages = {
  authenticationPolicies: (base: string, organizationId: string) =>
    `${base}/o/${organizationId}/authentication-policies`,
  authenticationPolicy: (base: string, organizationId: string, id: string) =>
    `${base}/o/${organizationId}/authentication-policies/${encodeURIComponent(id)}`,
  externalUserPolicy: (base: string, organizationId: string, name: string) =>
    `${base}/o/${organizationId}/external-users/${encodeURIComponent(name)}`,
  ipAllowlists: (base: string, organizationId: string) => `${base}/o/${organizationId}/ip-allowlists`,
  users: (base: string, organizationId: string) => `${base}/o/${organizationId}/users`,
} as const

export const consoleClicks = {
  authenticationPolicies: ['Security', 'Authentication policies'],
  externalUsers: ['Security', 'External users'],
  ipAllowlists: ['Security', 'IP allowlists'],
  users: ['Directory', 'Users'],
} as const
