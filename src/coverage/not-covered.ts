import { count } from '../diagnostics/wording.ts'
import type { AccountClass, NotCovered } from '../model/coverage.ts'
import type { Counted } from './gaps.ts'
import { isCovered } from './policy-verdict.ts'

/** What no policy of Atlassian reaches, and what Atlassian shows otherwise than it is (ref 5.2). */
export function notCoveredOf(
  rows: readonly Counted[],
  apart: ReadonlyMap<AccountClass, number>,
): readonly NotCovered[] {
  const external = rows.filter(({ accountClass }) => accountClass === 'external')
  const uncovered = external.filter(({ account }) => account.products?.some(app => !isCovered(app)) === true)
  const apps = [...new Set(uncovered.flatMap(({ account }) => (account.products ?? []).filter(app => !isCovered(app))))]
  const passcode = external.filter(
    ({ now, declared }) => now.verdict.level === 'step-up' || declared?.verdict.level === 'step-up',
  )
  const portal = apart.get('portal-only') ?? 0
  const services = apart.get('app') ?? 0
  const leaving = rows.filter(({ declared }) => declared === undefined).length
  return [
    ...(passcode.length === 0
      ? []
      : [
          {
            code: 'insights-page',
            summary:
              'Atlassian’s own insights page goes on showing people who pass an emailed passcode as “two-step verification not enabled”: it counts authenticators, not passcodes',
            accounts: passcode.length,
          },
        ]),
    ...(external.length === 0
      ? []
      : [
          {
            code: 'authenticator',
            summary:
              'two-step verification with an authenticator cannot be enforced on external accounts: an emailed passcode or your single sign-on is what there is',
            accounts: external.length,
          },
          {
            code: 'mobile-apps',
            summary:
              'the mobile apps may not ask external accounts for the passcode: mobile app management is the answer there',
            accounts: external.length,
          },
        ]),
    ...(uncovered.length === 0
      ? []
      : [
          {
            code: 'uncovered-apps',
            summary: `the external user policy does not cover ${apps.sort().join(', ')}: ${count(uncovered.length, 'external account')} ${uncovered.length === 1 ? 'reaches' : 'reach'} it`,
            accounts: uncovered.length,
          },
        ]),
    ...(leaving === 0
      ? []
      : [
          {
            code: 'leaving',
            summary: `${count(leaving, 'external account')} ${leaving === 1 ? 'loses' : 'lose'} access with the plan: what is declared counts ${leaving === 1 ? 'it' : 'them'} with the level of today, the plan leaves ${leaving === 1 ? 'it' : 'them'} out`,
            accounts: leaving,
          },
        ]),
    ...(portal === 0
      ? []
      : [
          {
            code: 'portal-only',
            summary: `${count(portal, 'customer')} of Jira Service Management portals: they have a sign-in of their own`,
            accounts: portal,
          },
        ]),
    ...(services === 0
      ? []
      : [
          {
            code: 'apps',
            summary: `${count(services, 'app or service account')}: they sign in with keys only`,
            accounts: services,
          },
        ]),
  ]
}
