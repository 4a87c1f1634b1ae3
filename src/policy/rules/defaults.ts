import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { formatAddress, compareText } from '../../model/address.ts'
import { conflict, type Rule } from './rule.ts'

/** Each directory has one default policy (ref 5.1). */
export const defaults: Rule = ({ AuthenticationPolicy }) => {
  const directories = [...new Set(AuthenticationPolicy.map(({ spec }) => spec.directory))].sort(compareText)
  return directories.flatMap((directory): readonly Diagnostic[] => {
    const policies = AuthenticationPolicy.filter(({ spec }) => spec.directory === directory)
    const declared = policies.filter(({ spec }) => spec.default === true)
    const [first] = policies
    if (declared.length === 0 && first !== undefined) {
      return [diagnostic('policy/no-default', { directory }, { span: first.locate(['directory']) })]
    }
    if (declared.length < 2) return []
    const places = declared.map(({ address, locate }) => ({
      span: locate(['default']),
      summary: `${formatAddress(address)} is declared the default here`,
    }))
    return [conflict('policy/two-defaults', { directory }, places)]
  })
}
