import { organizationState } from '../../blocks/data-source-states.ts'
import { compareText } from '../../model/address.ts'
import { sight } from '../../operations/resources/sight.ts'
import { problemsOf } from '../problems.ts'
import { unread, type DataSourceHandler } from './handler.ts'

/** The organization as the API shows it. */
export const organizationSource: DataSourceHandler = {
  validate: () => [],
  async read(_config, { view }) {
    const seen = await sight(view)
    if (!seen.ok) return unread(problemsOf(seen.diagnostics))
    const { organization, domains, directories, policies, accounts } = seen.value
    const members = new Map<string, number>()
    for (const { active, policyId } of accounts)
      if (active && policyId !== undefined) members.set(policyId, (members.get(policyId) ?? 0) + 1)
    return {
      problems: problemsOf(seen.diagnostics),
      state: organizationState({
        ...organization,
        domains,
        directories: [...directories].sort((a, b) => compareText(a.name, b.name)),
        policies: policies.map(({ id, name }) => ({
          id,
          ...(name !== undefined && { name: name.name }),
          accounts: members.get(id) ?? 0,
        })),
      }),
    }
  },
}
