import type { Guard } from './guard.ts'

/** What was recorded of one organization says nothing about another. Nothing lifts this guard. */
export const otherOrganization: Guard = {
  code: 'other-organization',
  liftable: false,
  judge({ desired, live, ledgerOrganization }) {
    const declared = desired.organization.spec.id
    if (live.organization.id !== declared) {
      return {
        status: 'blocks',
        summary: `the documents are for the organization ${declared}, the key reads ${live.organization.id} (${live.organization.name})`,
      }
    }
    if (ledgerOrganization !== undefined && ledgerOrganization !== declared) {
      return {
        status: 'blocks',
        summary: `the ledger belongs to the organization ${ledgerOrganization}, the documents are for ${declared}`,
      }
    }
    return { status: 'passed', summary: `documents, key and ledger are for ${live.organization.name} (${declared})` }
  },
}
