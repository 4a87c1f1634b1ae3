import { present, textAt } from '../members.ts'
import { objectShape } from '../shape.ts'

/** A managed account as the older listing shows it (ref 2.2): the only one that lists apps and portal customers, and tells when a person was last active. */
export interface ManagedAccount {
  readonly accountId: string
  /** `atlassian`, `customer` or `app`. */
  readonly accountType?: string
  readonly accountStatus?: string
  readonly email?: string
  readonly name?: string
  readonly lastActive?: string
}

export const managedAccountShape = objectShape<ManagedAccount>('accounts with an account_id', account => {
  const accountId = textAt(account, 'account_id')
  if (accountId === undefined) return undefined
  return present({
    accountId,
    accountType: textAt(account, 'account_type'),
    accountStatus: textAt(account, 'account_status'),
    email: textAt(account, 'email'),
    name: textAt(account, 'name'),
    lastActive: textAt(account, 'last_active'),
  })
})
