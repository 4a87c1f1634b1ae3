import { changeMembership } from '../../src/simulator/index.ts'
import { moveInConsole } from '../operations/drift-world.ts'
import type { Started } from '../operations/start.ts'
import { accountOf, asAdmin, found, type Condition, type Place, type Spot } from './soak-spot.ts'

const staff = 'Staff behind Okta'
const contractors = 'Contractors and break-glass'
const local = 'Local accounts'

/** A difference about an account. */
const about = (which: string, object: string, path: string, email: string): string =>
  [which, object, path, email].join(' ')

const inPolicy = (which: string, expected: string, email: string, live: string): string =>
  `${about(which, `AuthenticationPolicy/${expected}`, 'members', email)} is in ${live}`

/** Somebody moves an account in the console. */
function movedByHand({ started }: Place, email: string, home: string, others: readonly string[]): Spot {
  const to = (policy: string) => () => moveInConsole(started, policy, email)
  const away = (policy: string): Condition => ({
    enter: to(policy),
    shown: [inPolicy('changed-outside', home, email, policy)],
  })
  return {
    name: `the policy of ${email}`,
    known: 'by-event',
    conditions: [{ enter: to(home) }, ...others.map(away)],
  }
}

/** An account is in another policy, and no event tells of it. */
function movedUnseen({ started }: Place, email: string, home: string, other: string): Spot {
  const to = (name: string) => (): Promise<void> => {
    const { state } = started.simulator
    const policy = state.authenticationPolicies.find(candidate => candidate.name === name)
    changeMembership(state, accountOf(started, email), { policyId: policy?.id }, started.clock.time)
    return Promise.resolve()
  }
  return {
    name: `the policy of ${email}, without an event`,
    known: 'unlogged',
    conditions: [{ enter: to(home) }, { enter: to(other), shown: [inPolicy('changed-outside', home, email, other)] }],
  }
}

/** A contractor leaves the group that the documents name: where the account belongs is another policy then. */
function outOfGroup({ started }: Place, email: string): Spot {
  const path = (): string => {
    const { id, directoryId } = found(started.simulator.state.groups.find(({ name }) => name === 'contractors'))
    return `/admin/v2/orgs/ORG/directories/${directoryId}/groups/${id}/memberships`
  }
  const accountId = (): string => accountOf(started, email).accountId
  return {
    name: `the group of ${email}`,
    known: 'by-event',
    conditions: [
      { enter: () => asAdmin(started, 'POST', path(), { accountId: accountId() }) },
      {
        enter: () => asAdmin(started, 'DELETE', `${path()}/${accountId()}`),
        shown: [inPolicy('pending', local, email, contractors)],
      },
    ],
  }
}

function deactivated({ started }: Place, email: string): Spot {
  const path = (): string => `/users/${accountOf(started, email).accountId}/manage/lifecycle`
  return {
    name: `the life of ${email}`,
    known: 'by-event',
    conditions: [
      { enter: () => asAdmin(started, 'POST', `${path()}/enable`) },
      { enter: () => asAdmin(started, 'POST', `${path()}/disable`), accounts: -1 },
    ],
  }
}

const userPath = (started: Started, email: string): string =>
  `/admin/v2/orgs/ORG/directories/-/users/${accountOf(started, email).accountId}`

/** Access that somebody takes: no document asks for it, and no difference is shown. */
const accessTaken = ({ started }: Place, email: string): Spot => ({
  name: `the access of ${email}`,
  known: 'by-event',
  conditions: [
    { enter: () => asAdmin(started, 'POST', `${userPath(started, email)}/restore`) },
    { enter: () => asAdmin(started, 'POST', `${userPath(started, email)}/suspend`), accounts: -1 },
  ],
})

/** The same, and no event tells of it. */
function accessTakenUnseen({ started }: Place, email: string): Spot {
  const to = (status: 'active' | 'suspended') => (): Promise<void> => {
    accountOf(started, email).membershipStatus = status
    return Promise.resolve()
  }
  return {
    name: `the access of ${email}, without an event`,
    known: 'unlogged',
    conditions: [{ enter: to('active') }, { enter: to('suspended'), accounts: -1 }],
  }
}

/** Access that an apply took, and that somebody gives back, though a rule may ask for it at once. */
const accessGivenBack = ({ started }: Place, email: string, broken: boolean): Spot => ({
  name: `the access of ${email}, taken by an apply`,
  known: 'by-event',
  conditions: [
    { enter: () => asAdmin(started, 'POST', `${userPath(started, email)}/suspend`) },
    {
      enter: () => asAdmin(started, 'POST', `${userPath(started, email)}/restore`),
      ...(broken && { shown: [about('changed-outside', 'ExternalUserPolicy/external', 'access', email)] }),
      accounts: 1,
    },
  ],
})

const invite = (started: Started, email: string): Promise<void> =>
  asAdmin(started, 'POST', '/admin/v2/orgs/ORG/users/invite', { emails: [email] })

/** An external account that is invited and removed again; without any app it is not counted. */
const guest = ({ started }: Place, email: string): Spot => ({
  name: `the guest ${email}`,
  known: 'by-event',
  conditions: [
    { enter: () => asAdmin(started, 'DELETE', userPath(started, email)) },
    { enter: () => invite(started, email), newcomer: about('new', 'ExternalUserPolicy/external', 'members', email) },
  ],
})

/** A new account of the own domain. Where it goes from the default policy nobody changed what an apply had done. */
function joiner({ started }: Place, email: string): Spot {
  const to = (policy: string) => async (): Promise<void> => {
    if (!started.simulator.state.accounts.byEmail.has(email)) await invite(started, email)
    await moveInConsole(started, policy, email)
  }
  const newIn = (policy: string): string => about('new', `AuthenticationPolicy/${policy}`, 'members', email)
  return {
    name: `the newcomer ${email}`,
    known: 'by-event',
    conditions: [
      // Nobody makes an account of the own domain unknown again.
      { enter: undefined },
      { enter: to(local), newcomer: newIn(local), accounts: 1 },
      {
        enter: to(contractors),
        shown: [inPolicy('pending', local, email, contractors)],
        newcomer: newIn(contractors),
        accounts: 1,
      },
    ],
  }
}

/** What changes about people: their policies, their groups, their access, and who there is. */
export const peopleSpots = (place: Place): readonly Spot[] => [
  ...['amir.khan', 'chen.wei', 'elena.rossi', 'lars.nilsson', 'tara.quinn'].map(name =>
    movedByHand(place, `${name}@acme.com`, staff, [local, contractors]),
  ),
  movedByHand(place, 'kofi.mensah@acme.com', contractors, [local, staff]),
  movedUnseen(place, 'maria.santos@acme.com', staff, contractors),
  movedUnseen(place, 'hiro.yamada@acme.io', staff, local),
  outOfGroup(place, 'jo@acme.com'),
  deactivated(place, 'milan.novak@acme.com'),
  accessTaken(place, 'sam@partner.example'),
  accessTaken(place, 'tomas@agency.example'),
  accessTaken(place, 'nikhil.rao@acme.com'),
  accessTakenUnseen(place, 'lee@partner.example'),
  accessGivenBack(place, 'finn@freelance.example', true),
  // Whoever has access again has as long as everybody else to use it.
  accessGivenBack(place, 'ines@agency.example', false),
  accessGivenBack(place, 'yuki@agency.example', false),
  ...['ana', 'ben', 'cleo', 'dan'].map(name => guest(place, `${name}@partner.example`)),
  joiner(place, 'newcomer@acme.com'),
]
