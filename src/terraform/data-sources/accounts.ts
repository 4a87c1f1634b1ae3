import { accountsState } from '../../blocks/data-source-states.ts'
import type { LiveAccount } from '../../kinds/live.ts'
import { domainOf } from '../../model/account.ts'
import { compareText } from '../../model/address.ts'
import { desiredBeside } from '../../operations/desired-of.ts'
import { error, problemsOf } from '../problems.ts'
import { given, unread, type DataSourceHandler } from './handler.ts'

const statuses: readonly string[] = [
  'active',
  'suspended',
  'not-in-directory',
  'deactivated',
] satisfies LiveAccount['status'][]

/** The accounts of the organization, by filters. */
export const accountsSource: DataSourceHandler = {
  validate(config) {
    const { status } = given(config, 'status')
    return status === undefined || statuses.includes(status)
      ? []
      : [
          error(`no account has the status \`${status}\``, `It is one of ${statuses.join(', ')}.`, [
            { attribute: 'status' },
          ]),
        ]
  },
  async read(config, { view, organization }) {
    const read = await view.both(desiredBeside(organization, []))
    if (!read.ok) return unread(problemsOf(read.diagnostics))
    const { accounts, externals } = read.value.live
    const wanted = given(config, 'status', 'policy_id', 'domain')
    const managed = config['managed']
    const listed = [
      ...accounts.map(account => ({ account, managed: true })),
      ...externals.map(account => ({ account, managed: false })),
    ].map(({ account: { accountId, email, name, status, policyId }, ...rest }) => ({
      ...rest,
      id: accountId,
      email,
      status,
      ...(name !== undefined && { name }),
      ...(policyId !== undefined && { policyId }),
      ...(email.includes('@') && { domain: domainOf(email) }),
    }))
    return {
      problems: problemsOf(read.value.noticed),
      state: accountsState({
        ...(wanted.status !== undefined && { status: wanted.status }),
        ...(wanted.policy_id !== undefined && { policyId: wanted.policy_id }),
        ...(wanted.domain !== undefined && { domain: wanted.domain }),
        ...(typeof managed === 'boolean' && { managed }),
        accounts: listed
          .filter(
            account =>
              (wanted.status === undefined || account.status === wanted.status) &&
              (wanted.policy_id === undefined || account.policyId === wanted.policy_id) &&
              (wanted.domain === undefined || account.domain === wanted.domain.toLowerCase()) &&
              (typeof managed !== 'boolean' || account.managed === managed),
          )
          .sort((a, b) => compareText(a.email, b.email) || compareText(a.id, b.id)),
      }),
    }
  },
}
