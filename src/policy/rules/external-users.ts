import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Rule } from './rule.ts'

/** Atlassian's limit for the test policy (ref 5.2). */
const testUserLimit = 5

/** What the two external user policies can hold, and the way around a passcode. */
export const externalUsers: Rule = ({ ExternalUserPolicy }) =>
  ExternalUserPolicy.flatMap(({ spec, locate, wrote }): readonly Diagnostic[] => {
    const { authorizationMethod, apiTokens } = spec.settings ?? {}
    const leftOut = apiTokens === undefined && !wrote(['settings', 'apiTokens'])
    const users = spec.testUsers?.length ?? 0
    return [
      ...(spec.name === 'external' && spec.testUsers !== undefined
        ? [diagnostic('policy/test-policy-only', { field: 'testUsers' }, { span: locate(['testUsers']) })]
        : []),
      ...(spec.name === 'test' && spec.access !== undefined
        ? [diagnostic('policy/external-policy-only', { field: 'access' }, { span: locate(['access']) })]
        : []),
      ...(spec.name === 'test' && users > testUserLimit
        ? [
            diagnostic(
              'policy/too-many-test-users',
              { users, limit: testUserLimit },
              { span: locate(['testUsers', testUserLimit]) },
            ),
          ]
        : []),
      ...(authorizationMethod === 'one-time-passcode' && (apiTokens === 'allow' || leftOut)
        ? [
            diagnostic(
              'policy/token-skips-passcode',
              { given: !leftOut },
              { span: locate(['settings', leftOut ? 'authorizationMethod' : 'apiTokens']) },
            ),
          ]
        : []),
    ]
  })
