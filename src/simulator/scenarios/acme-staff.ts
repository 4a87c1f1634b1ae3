import type { ScenarioAccount } from '../scenario.ts'

const staff = (email: string, rest: Partial<ScenarioAccount> = {}): ScenarioAccount => ({
  email,
  policy: 'Staff behind Okta',
  groups: ['staff'],
  ...rest,
})

const admin = { platformRoles: ['atlassian/org-admin'] }
const gone = { accountStatus: 'inactive', lastActive: '60d' } as const

/** The 38 people of acme who sign in through Okta: their own 2SV flag is mostly off, since Okta asks (ref 2.2). */
export const acmeStaff: readonly ScenarioAccount[] = [
  staff('alice@acme.com', { name: 'Alice Moreau', ...admin }),
  staff('bob@acme.com', { name: 'Bob Tanaka', ...admin }),
  staff('Grace.Hopper@Acme.com', { name: 'Grace Hopper' }),
  staff('amir.khan@acme.com'),
  staff('beatriz.lopes@acme.com', { mfaEnabled: true }),
  staff('chen.wei@acme.com'),
  staff('dmitri.ivanov@acme.com'),
  staff('elena.rossi@acme.com'),
  staff('fatima.zahra@acme.com'),
  staff('george.baker@acme.com', { tokens: [{ label: 'jira export', expiresAt: '300d' }] }),
  staff('helga.brandt@acme.com'),
  staff('imani.njoroge@acme.com'),
  staff('jakub.wolski@acme.com', { mfaEnabled: true }),
  staff('kirsten.holm@acme.com'),
  staff('lars.nilsson@acme.com'),
  staff('maria.santos@acme.com'),
  staff('nikhil.rao@acme.com'),
  staff('olga.petrova@acme.com'),
  staff('paul.dubois@acme.com', gone),
  staff('rachel.stein@acme.com'),
  staff('sven.larsen@acme.com'),
  staff('tara.quinn@acme.com', { tokens: [{ label: 'dashboards', expiresAt: '45d' }] }),
  staff('ugo.bianchi@acme.com'),
  staff('vera.horvat@acme.com', gone),
  staff('will.carter@acme.com'),
  staff('xenia.papas@acme.com'),
  staff('yusuf.demir@acme.com'),
  staff('zoe.martin@acme.com'),
  staff('anton.berg@acme.io'),
  staff('bianca.conti@acme.io'),
  staff('carlos.vega@acme.io', { mfaEnabled: true }),
  staff('daria.nowak@acme.io'),
  staff('erik.strand@acme.io'),
  staff('freya.lund@acme.io'),
  staff('gideon.katz@acme.io'),
  staff('hiro.yamada@acme.io'),
  staff('isla.reid@acme.io'),
  staff('jonas.keller@acme.io'),
]
