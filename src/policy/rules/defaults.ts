import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { localDirectory } from '../../kinds/organization.ts'
import { formatAddress } from '../../model/address.ts'
import { grouped } from '../../model/grouped.ts'
import { compareBytes, compareSpan, conflict, type Rule } from './rule.ts'

/** Each directory has one default policy (ref 5.1). */
export const defaults: Rule = ({ organization, AuthenticationPolicy }) => {
  const known = organization?.spec.directories?.map(({ name }) => name) ?? []
  const byDirectory = grouped(AuthenticationPolicy, ({ spec }) => spec.directory)
  return [...byDirectory].flatMap(([directory, policies]): readonly Diagnostic[] => {
    const declared = policies.filter(({ spec }) => spec.default === true)
    if (declared.length > 1) {
      const places = declared.map(({ address, locate }) => ({
        span: locate(['default']),
        summary: `${formatAddress(address)} is declared the default here`,
      }))
      return [conflict('policy/two-defaults', { directory }, places)]
    }
    // A `default` that was refused may be the one, and a directory that nobody declares is reported as that.
    const unclear = policies.some(({ spec, wrote }) => spec.default === undefined && wrote(['default']))
    if (declared.length === 1 || unclear || !(directory === localDirectory || known.includes(directory))) return []
    // Only those that may be shown are located: that takes a careful look at their files.
    const [file = ''] = policies.map(policy => policy.file).sort(compareBytes)
    const [span] = policies
      .filter(policy => policy.file === file)
      .map(({ locate }) => locate(['directory']))
      .sort(compareSpan)
    return [diagnostic('policy/no-default', { directory }, { span })]
  })
}
