import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { localDirectory } from '../../kinds/organization.ts'
import type { Draft, Folder, Rule } from './rule.ts'

/** Single sign-on needs the directory of an identity provider and a billable policy, and takes two-step verification over (ref 5.1). */
export const singleSignOn: Rule = folder => [
  ...folder.AuthenticationPolicy.flatMap(policy => [...enforcement(folder, policy), ...twoStepVerification(policy)]),
  ...folder.ExternalUserPolicy.flatMap(({ spec: { settings }, locate }) =>
    settings?.authorizationMethod === 'single-sign-on' && settings.billable === false
      ? [diagnostic('policy/sso-not-billable', {}, { span: locate(['settings', 'authorizationMethod']) })]
      : [],
  ),
]

function enforcement(folder: Folder, { spec, locate }: Draft<'AuthenticationPolicy'>): readonly Diagnostic[] {
  if (spec.settings?.singleSignOn !== 'enforced') return []
  const place = () => ({ span: locate(['settings', 'singleSignOn']) })
  const { known, candidates } = directoriesOf(folder)
  const { directory } = spec
  return [
    // A directory that nobody declares is reported as that.
    ...(directory !== undefined && known.has(directory) && !candidates.includes(directory)
      ? [diagnostic('policy/sso-outside-identity-provider', { directory, candidates }, place())]
      : []),
    ...(spec.billable === false ? [diagnostic('policy/sso-not-billable', {}, place())] : []),
  ]
}

/** The directories that are declared, and those of them in which single sign-on can be enforced. `local` never can, whatever is declared of it. */
function directoriesOf({ organization }: Folder) {
  const declared = organization?.spec.directories ?? []
  const candidates = declared
    .filter(
      ({ name }, index) =>
        name !== localDirectory && organization?.wrote(['directories', index, 'identityProvider']) === true,
    )
    .map(({ name }) => name)
  return { known: new Set([localDirectory, ...declared.map(({ name }) => name)]), candidates }
}

function twoStepVerification({ spec, locate, wrote }: Draft<'AuthenticationPolicy'>): readonly Diagnostic[] {
  const { singleSignOn: sso, twoStepVerification: value } = spec.settings ?? {}
  const place = () => ({ span: locate(['settings', 'twoStepVerification']) })
  const taken = sso === 'enforced' && (value === 'mandatory' || value === 'optional')
  const notOffered = value === 'identity-provider' && (sso === 'off' || !wrote(['settings', 'singleSignOn']))
  return [
    ...(taken ? [diagnostic('policy/two-step-under-sso', { value }, place())] : []),
    ...(notOffered ? [diagnostic('policy/two-step-without-sso', {}, place())] : []),
    ...(spec.billable === false && value === 'mandatory'
      ? [diagnostic('policy/non-billable-two-step', {}, place())]
      : []),
  ]
}
