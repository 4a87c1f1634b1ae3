import type { ScenarioAccount } from '../scenario.ts'

/** People and one build bot on domains that acme does not own. */
export const acmeExternals: readonly ScenarioAccount[] = [
  { email: 'sam@partner.example', name: 'Sam Okafor' },
  { email: 'bot@partner.example', name: 'Legacy Build Bot', tokens: [{ label: 'nightly build', expiresAt: '200d' }] },
  { email: 'lee@partner.example', name: 'Lee Sato' },
  { email: 'mira@partner.example', name: 'Mira Kovac' },
  { email: 'noor@partner.example', name: 'Noor Rahman', tokens: [{ label: 'reporting', expiresAt: '90d' }] },
  { email: 'tomas@agency.example', name: 'Tomas Ruiz' },
  { email: 'ines@agency.example', name: 'Ines Duarte', lastActive: '230d' },
  { email: 'yuki@agency.example', name: 'Yuki Mori', lastActive: null },
  { email: 'finn@freelance.example', name: 'Finn Aalto', tokens: [{ label: 'time sheets', expiresAt: '30d' }] },
  { email: 'root@acme-emergency.example', name: 'Emergency Admin', products: ['jira', 'confluence'] },
].map(account => ({ products: ['jira'], managed: false, ...account }))
