import type { AccountRef } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import type { Impact, Plan } from '../model/plan.ts'
import { csvTable } from './csv-table.ts'

/** What changes for one person: in a few words for the admin, and in words that can be mailed to the person. */
interface PersonalWords {
  readonly change: string
  readonly text: string
}

const columns = ['email', 'account id', 'change', 'certain', 'what changes', 'text']

/** One row for each account and each change that it will notice, by address, then by code. */
export function affectedCsv({ impact, organization }: Pick<Plan, 'impact' | 'organization'>): string {
  const rows = impact.flatMap(one => one.accounts.map(account => ({ account, one })))
  const sorted = rows.sort(
    (a, b) => compareText(a.account.email, b.account.email) || compareText(a.one.code, b.one.code),
  )
  return csvTable(
    columns,
    sorted.map(({ account, one }) => cells(account, one, organization.name)),
  )
}

function cells({ email, accountId = '' }: AccountRef, impact: Impact, organization: string): readonly string[] {
  const { change, text } = personalWords(impact, organization)
  const maybe = impact.certain ? '' : ' It may be that this is so for you already; then nothing changes.'
  return [email, accountId, impact.code, impact.certain ? 'yes' : 'no', change, text + maybe]
}

function personalWords({ code, certain, summary }: Impact, organization: string): PersonalWords {
  const apps = `the Atlassian apps of ${organization}`
  const signIn = `From the next time you sign in to ${apps}`
  const askAdmin = 'please contact your Atlassian administrator'
  switch (code) {
    case 'asked-for-passcode':
      return {
        change: 'is asked for an emailed passcode',
        text: `${signIn}, you will be asked for a passcode. Atlassian sends it to this email address each time, so please make sure that you can read this mailbox when you sign in. There is nothing to install or to set up.`,
      }
    case 'asked-for-two-step':
      return {
        change: 'is asked for two-step verification',
        text: `${signIn}, you will be asked for a second step after your password, for example a code from an app on your phone. If you have not set it up yet, Atlassian guides you through it then; please have your phone at hand. If you cannot complete it, ${askAdmin}.`,
      }
    case 'asked-for-sso':
      return {
        change: 'signs in through the identity provider',
        text: `${signIn}, you will be taken to the company sign-in page that ${organization} uses, and you will sign in there instead of with an Atlassian password. If you cannot sign in there, ${askAdmin}.`,
      }
    case 'no-longer-asked':
      return {
        change: 'is no longer asked for a second factor',
        text: `${signIn}, you will no longer be asked for a second step. There is nothing that you need to do.`,
      }
    case 'loses-tokens':
      return {
        change: certain ? 'live API tokens stop working' : 'API tokens, if there are any, stop working',
        text: `${certain ? 'The API tokens' : 'If there are any, the API tokens'} of your Atlassian account, which are keys for scripts and other programs, will stop working with ${apps}. Whatever signs in with them will fail. Please find out which of your scripts and programs that is, and ask your Atlassian administrator what they can use instead. You can sign in yourself as before.`,
      }
    case 'becomes-billable':
      return {
        change: 'becomes billable for Guard Standard',
        text: `Your account will count towards a paid Atlassian subscription of ${organization}. You pay nothing, and there is nothing that you need to do.`,
      }
    case 'suspended':
      return {
        change: 'loses access to all apps',
        text: `Your access to ${apps} will be suspended. Your Atlassian account itself is not deleted. If you still need access, ${askAdmin}.`,
      }
    case 'restored':
      return {
        change: 'gets access back',
        text: `Your access to ${apps} will be restored, with the permissions that you had before. There is nothing that you need to do.`,
      }
    default:
      return {
        change: summary,
        text: `How you use ${apps} is about to change. If anything does not work as before, ${askAdmin}.`,
      }
  }
}
