import { localDirectory } from '../accounts.ts'
import { localName } from '../scenario-references.ts'
import type { AuthenticationPolicy, ExternalPolicy, State } from '../state.ts'

/** What a person reads off a policy's page, in the words of the policy documents. */
export const policyDocument = (state: State, policy: AuthenticationPolicy): object => ({
  name: policy.name,
  id: policy.id,
  directory: directoryName(state, policy),
  default: policy.default,
  billable: policy.billable,
  settings: policy.settings,
})

/** The directory of a policy as documents call it: `local`, or its name. */
export function directoryName(state: State, { directoryId }: AuthenticationPolicy): string {
  if (directoryId === localDirectory(state).id) return localName
  return state.directories.find(({ id }) => id === directoryId)?.name ?? directoryId
}

/** What a person reads off the page of an external policy. */
export const externalDocument = (name: 'external' | 'test', { settings, testUsers }: ExternalPolicy): object => ({
  name,
  settings,
  ...(name === 'test' && { testUsers }),
})
