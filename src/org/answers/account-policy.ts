import { at, present, textAt } from '../members.ts'
import { objectShape, readItems, type Shape } from '../shape.ts'

/** Which authentication policy an account is in. Email and policy id are known members, the others likely ones (ref 1.4). */
export interface AccountPolicy {
  readonly accountId?: string
  readonly email: string
  readonly policyId: string
  readonly policyName?: string
}

const one = objectShape<AccountPolicy>('an account with its policy', item => {
  const email = textAt(item, 'email')
  const policyId = textAt(item, 'policyId')
  if (email === undefined || policyId === undefined) return undefined
  return present({
    accountId: textAt(item, 'accountId') ?? textAt(item, 'account_id'),
    email,
    policyId,
    policyName: textAt(item, 'policyName') ?? textAt(item, 'policy', 'name'),
  })
})

/** A bare list, as documented; one in `data`, as in every other answer, is taken too. */
export const accountPoliciesShape: Shape<readonly AccountPolicy[]> = {
  expected: 'a list of accounts with an email and a policyId',
  read: body => readItems(Array.isArray(body) ? body : at(body, 'data'), one.read),
}
