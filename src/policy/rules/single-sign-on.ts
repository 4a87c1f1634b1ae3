import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { localDirectory } from '../../kinds/organization.ts'
import type { Rule } from './rule.ts'

/** Single sign-on needs the directory of an identity provider and a billable policy, and takes two-step verification over (ref 5.1). */
export const singleSignOn: Rule = ({ organization, AuthenticationPolicy, ExternalUserPolicy }) => {
  const found: Diagnostic[] = []
  const directories = organization?.spec.directories ?? []
  const withProvider = directories
    .filter(({ identityProvider }) => identityProvider !== undefined)
    .map(({ name }) => name)
  for (const { spec, locate } of AuthenticationPolicy) {
    const { singleSignOn: sso, twoStepVerification } = spec.settings ?? {}
    if (sso === 'enforced') {
      const span = locate(['settings', 'singleSignOn'])
      const declared = spec.directory === localDirectory || directories.some(({ name }) => name === spec.directory)
      // A directory that nobody declares is reported as that.
      if (declared && !withProvider.includes(spec.directory)) {
        found.push(
          diagnostic(
            'policy/sso-outside-identity-provider',
            { directory: spec.directory, candidates: withProvider },
            { span },
          ),
        )
      }
      if (spec.billable === false) found.push(diagnostic('policy/sso-not-billable', {}, { span }))
      if (twoStepVerification === 'mandatory' || twoStepVerification === 'optional') {
        found.push(
          diagnostic(
            'policy/two-step-under-sso',
            { value: twoStepVerification },
            { span: locate(['settings', 'twoStepVerification']) },
          ),
        )
      }
    } else if (twoStepVerification === 'identity-provider') {
      found.push(diagnostic('policy/two-step-without-sso', {}, { span: locate(['settings', 'twoStepVerification']) }))
    }
    if (spec.billable === false && twoStepVerification === 'mandatory') {
      found.push(diagnostic('policy/non-billable-two-step', {}, { span: locate(['settings', 'twoStepVerification']) }))
    }
  }
  for (const { spec, locate } of ExternalUserPolicy) {
    if (spec.settings?.authorizationMethod === 'single-sign-on' && spec.settings.billable === false) {
      found.push(diagnostic('policy/sso-not-billable', {}, { span: locate(['settings', 'authorizationMethod']) }))
    }
  }
  return found
}
