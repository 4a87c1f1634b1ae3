/** Where things stand in the bucket, as the functions have it; a test compares the two. */
export const prefixes = {
  ledger: 'ledger/',
  commits: 'documents/commits/',
  documents: 'documents/',
  reports: 'reports/',
  fleetReports: 'reports/fleet/',
  fleet: 'fleet/',
  fleetResults: 'fleet/results',
} as const

export const currentKey = 'documents/current.json'
