import { count } from '../../diagnostics/wording.ts'
import { wordsOf } from '../../diagnostics/to-document.ts'
import type { Desired } from '../../kinds/resource.ts'
import { domainOf, foldEmail } from '../../model/account.ts'
import { compareText } from '../../model/address.ts'
import type { DoctorCheck } from '../../model/doctor-report.ts'
import type { User } from '../../org/answers/user.ts'
import type { OrgClient } from '../../org/client.ts'
import type { UserSearch } from '../../org/user-search.ts'
import { attempt } from '../attempt.ts'
import { statusOf } from '../read-accounts.ts'
import { because, failed, listed, notChecked, ok, warning } from './check.ts'
import type { Answer, Answers } from './probes.ts'

/** What the organization has of what the documents need, as far as the API tells. */
export async function organizationChecks(
  client: OrgClient,
  answers: Answers,
  desired: Desired | undefined,
): Promise<readonly DoctorCheck[]> {
  return [
    await ownerCheck(client, answers, desired),
    guardCheck(answers.get('listEventActions'), desired),
    await domainsCheck(client, answers, desired),
    auditLogCheck(answers.get('listEventActions')),
  ]
}

/** The same where it could not be asked. */
export const organizationNotChecked = (why: string): readonly DoctorCheck[] =>
  ['key-owner', 'guard-standard', 'claimed-domains', 'audit-log'].map(check => notChecked(check, why))

/** The key acts with the rights of the admin who made it, and stops with them (ref 4). **Inferred**. */
async function ownerCheck(client: OrgClient, answers: Answers, desired: Desired | undefined): Promise<DoctorCheck> {
  const check = 'key-owner'
  const owner = desired?.organization.spec.runner?.keyOwner
  if (owner === undefined)
    return notChecked(
      check,
      'no document says who made the key, and the API does not',
      'write the address of that admin into `runner.keyOwner` of the Organization document',
    )
  const asked = await firstUsers(client, answers, { emails: [owner], expand: ['platformRoles'] })
  if (typeof asked === 'string') return notChecked(check, asked)
  const account = asked.find(({ email = '' }) => foldEmail(email) === foldEmail(owner))
  const fix = 'let an organization admin who stays make a key, and name them in `runner.keyOwner`'
  if (account === undefined) return warning(check, `there is no account ${owner}`, fix)
  const status = statusOf(account)
  if (status !== 'active') return warning(check, `${owner} is ${status}: the key is likely to stop with them`, fix)
  if (account.platformRoles === undefined) return notChecked(check, `the API does not tell the roles of ${owner}`)
  return account.platformRoles.includes('atlassian/org-admin')
    ? ok(check, `${owner} is an active organization admin`)
    : warning(check, `${owner} is no organization admin: the key acts with the rights of who made it`, fix)
}

/** No call tells of the subscription. Who has an audit log has Guard Standard; who has none most likely has not (ref 5.4). **Inferred**. */
function guardCheck(log: Answer | undefined, desired: Desired | undefined): DoctorCheck {
  const check = 'guard-standard'
  if (log?.state === 'answers') return ok(check, 'the organization has an audit log, which comes with it')
  if (log?.state !== 'off' && log?.state !== 'refused') return notChecked(check, whyUntold(log))
  const policies = desired?.AuthenticationPolicy.length ?? 0
  const externals = desired?.ExternalUserPolicy.length ?? 0
  const needed = [
    ...(policies > 1 ? [count(policies, 'authentication policy', 'authentication policies')] : []),
    ...(externals > 0 ? ['the external user policy'] : []),
  ]
  const summary = 'the organization seems to be without Atlassian Guard Standard: it has no audit log'
  return needed.length === 0
    ? ok(check, `${summary}; the documents need nothing of it`)
    : warning(
        check,
        `${summary}, and the documents declare ${listed(needed)}`,
        'subscribe at admin.atlassian.com → Billing, or keep one AuthenticationPolicy document and no ExternalUserPolicy',
      )
}

/** Whether the domains of the documents are verified, and accounts on them are managed: verified is not claimed (ref 5.3). */
async function domainsCheck(client: OrgClient, answers: Answers, desired: Desired | undefined): Promise<DoctorCheck> {
  const check = 'claimed-domains'
  const declared = (desired?.organization.spec.domains ?? []).map(domain => domain.toLowerCase()).sort(compareText)
  if (declared.length === 0) return notChecked(check, 'the documents declare no domain')
  const answer = answers.get('listDomains')
  if (answer?.state !== 'answers') return notChecked(check, whyUntold(answer))
  const domains = await attempt(() => client.domains())
  if (!domains.ok) return notChecked(check, domains.diagnostics.map(found => wordsOf(found).summary).join('; '))
  const status = new Map(domains.value.map(({ name, claimStatus }) => [name.toLowerCase(), claimStatus ?? 'unknown']))
  const lapsed = declared.filter(domain => status.get(domain) !== 'verified')
  if (lapsed.length > 0)
    return failed(
      check,
      `not verified: ${listed(lapsed.map(domain => `${domain} (${status.get(domain) ?? 'not a domain of the organization'})`))}`,
      'verify it at admin.atlassian.com → Directory → Domains: its accounts are in no policy’s reach',
    )
  const managed = await Promise.all(
    declared.map(async domain => {
      const users = await firstUsers(client, answers, {
        emailDomains: [domain],
        claimStatus: 'managed',
        expand: [],
        limit: 10,
      })
      if (typeof users === 'string') return users
      // A filter that is ignored returns everybody (ref 7).
      return users.some(({ email = '', claimStatus }) => claimStatus !== 'unmanaged' && domainOf(email) === domain)
    }),
  )
  const untold = managed.find(found => typeof found === 'string')
  if (untold !== undefined)
    return notChecked(check, `${listed(declared)}: verified; whether claimed is not known: ${untold}`)
  const empty = declared.filter((_, index) => managed[index] === false)
  return empty.length === 0
    ? ok(check, `${listed(declared)}: verified, with managed accounts`)
    : warning(
        check,
        `${listed(empty)}: verified, but without a managed account`,
        'claim its accounts at admin.atlassian.com → Directory → Domains: until then they count as external',
      )
}

function auditLogCheck(answer: Answer | undefined): DoctorCheck {
  const check = 'audit-log'
  switch (answer?.state) {
    case 'answers':
      return ok(check, 'drift can name who changed what, as far as the log holds it')
    case 'off':
    case 'refused':
      return warning(
        check,
        `drift cannot name who changed what: ${wordsOf(answer.diagnostic).summary}`,
        'the audit log comes with Atlassian Guard Standard',
      )
    case 'lacking':
      return notChecked(check, 'the key lacks read:events:admin')
    default:
      return notChecked(check, whyUntold(answer))
  }
}

/** The first accounts that a search finds, or why there was no search. */
async function firstUsers(client: OrgClient, answers: Answers, search: UserSearch): Promise<readonly User[] | string> {
  const answer = answers.get('searchUsers')
  if (answer?.state !== 'answers') return whyUntold(answer)
  const found = await attempt(async () => {
    for await (const page of client.users(search)) return page
    return []
  })
  return found.ok ? found.value : found.diagnostics.map(one => because('', 'failed', one).summary).join('; ')
}

const whyUntold = (answer: Answer | undefined): string =>
  answer === undefined || answer.state === 'answers' ? 'it was not asked for' : wordsOf(answer.diagnostic).summary
