import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Rule } from './rule.ts'

/**
 * An account list that no policy names moves nobody, which is hardly what was meant. Where something else is wrong the policy that is to name it may be the one,
 * so nothing is said until that is put right.
 */
export const unusedLists: Rule = ({ AccountList, AuthenticationPolicy, unread }) => {
  const named = new Set(
    AuthenticationPolicy.flatMap(({ spec: { members } }) => [
      ...(members?.accountLists ?? []),
      ...(members?.except?.accountLists ?? []),
    ]),
  )
  const declared = new Set(AccountList.map(({ address }) => address.name))
  if (
    unread.length > 0 ||
    AuthenticationPolicy.some(({ whole }) => !whole) ||
    ![...named].every(name => declared.has(name))
  )
    return []
  return AccountList.filter(({ address: { name } }) => name !== '' && !named.has(name)).map(
    ({ address: { name }, locate }) =>
      diagnostic('policy/unused-account-list', { list: name }, { span: locate(['name']) }),
  )
}
