/** Where things stand in the bucket. The construct grants rights by these prefixes. */
export const prefixes = {
  ledger: 'ledger/',
  /** What the workflow uploads: one folder for each commit. */
  commits: 'documents/commits/',
  reports: 'reports/',
  fleet: 'fleet/',
} as const

/** Which commit counts. Only the apply function writes it. */
export const currentKey = 'documents/current.json'

export const documentsKey = (commit: string): string => `${prefixes.commits}${commit}/documents.zip`

export const inventoryKey = (commit: string): string => `${prefixes.commits}${commit}/inventory.json`

/** The list of organizations that one run of a fleet looks at. */
export const itemsKey = (run: string): string => `${prefixes.fleet}${run}/items.json`

/** What all reports of one run of a fleet begin with. */
export const fleetReports = (run: string): string => `${prefixes.reports}fleet/${run}/`

/** Where the map puts what its children returned. */
export const fleetResults = `${prefixes.fleet}results`

export const organizationSummaryKey = (run: string, id: string): string =>
  `${fleetReports(run)}organizations/${id}/summary.json`

/** A time as a part of a key: `2026-11-24T12-00-00Z`. */
export const timeKey = (time: Date): string => time.toISOString().replace(/\.\d+/, '').replaceAll(':', '-')
