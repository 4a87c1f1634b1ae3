import { organizationState } from '../../blocks/data-source-states.ts'
import { readLedger } from '../../operations/ledger-state.ts'
import { readSighting } from '../../operations/read-sighting.ts'
import { problemsOf } from '../problems.ts'
import { unread, type DataSourceHandler } from './handler.ts'

/** The organization as the API shows it. */
export const organizationSource: DataSourceHandler = {
  validate: () => [],
  async read(_config, { view }) {
    const read = await view.reading(async reader => readSighting(reader, await readLedger(view.ledger), view.now()))
    if (!read.ok) return unread(problemsOf(read.diagnostics))
    if (!read.value.ok) return unread(problemsOf(read.value.diagnostics))
    const { organization, domains, directories, policies, accounts } = read.value.value
    const members = new Map<string, number>()
    for (const { active, policyId } of accounts)
      if (active && policyId !== undefined) members.set(policyId, (members.get(policyId) ?? 0) + 1)
    return {
      problems: problemsOf(read.value.diagnostics),
      state: organizationState({
        ...organization,
        domains: [...domains].sort((a, b) => (a.name < b.name ? -1 : 1)),
        directories: [...directories].sort((a, b) => (a.name < b.name ? -1 : 1)),
        policies: policies.map(({ id, name }) => ({
          id,
          ...(name !== undefined && { name: name.name }),
          accounts: members.get(id) ?? 0,
        })),
      }),
    }
  },
}
