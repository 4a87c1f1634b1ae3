import { attestUnverified, carryOutConsoleSteps, exportFile, observeFiles } from '../console.ts'
import { policiesFolder, start, valueOf, type Started } from '../start.ts'

/** An organization with a history: applied, done in the console, exported and attested; an account lost its access, and the audit log was read. */
export async function lived(): Promise<Started> {
  const started = await start()
  const first = valueOf(await started.plan(policiesFolder))
  valueOf(await started.apply(first))
  await carryOutConsoleSteps(started, first)
  started.clock.time += 600_000
  const exports = [
    await exportFile(started, 'members.csv'),
    await exportFile(started, 'accounts.csv'),
    await exportFile(started, 'external-users.csv'),
  ]
  valueOf(await observeFiles(started, policiesFolder, exports))
  await attestUnverified(started, policiesFolder, valueOf(await started.plan(policiesFolder)))
  const { list } = started.simulator.state.accounts
  const [one, other] = list
  if (one === undefined || other === undefined) throw new Error('nobody is there')
  await started.ledger.update('suspensions', () => ({
    accounts: {
      [one.accountId]: { email: one.email, at: '2026-11-20T08:00:00.000Z', run: 'run-0', rule: 'inactiveAfter' },
    },
  }))
  await started.ledger.update('audit', () => ({
    through: '2026-11-24T07:00:00.000Z',
    events: [
      {
        id: 'event-1',
        at: '2026-11-24T06:00:00.000Z',
        subject: { kind: 'AuthenticationPolicy', what: 'settings' },
        actor: { id: one.accountId, name: one.name, email: one.email },
        from: '203.0.113.77',
        context: [{ policy: 'Staff behind Okta', by: one.name }, { member: other.email }],
      },
    ],
  }))
  return started
}
