import type { Claim, ExplainedSetting, ExplainReport } from '../model/coverage.ts'
import { classWords, lastActiveWords, levelMeaning } from './coverage-words.ts'
import { evidenceWords } from './evidence-words.ts'

// What stands here is plain text: whoever prints it makes it harmless for the output.

/** Whose account it is and of what kind: `sam@partner.example (Sam Okafor): an external account`. */
export const whoWords = ({ account, name, accountClass }: ExplainReport): string => {
  const words = classWords(accountClass)
  return `${account.email}${name === undefined ? '' : ` (${name})`}: ${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`
}

/** What else is known of the account: roles, apps, activity. */
export const aboutWords = ({ roles, products, lastActive }: ExplainReport): readonly (readonly [string, string])[] => [
  ...(roles.length === 0 ? [] : [['roles', roles.join(', ')] as const]),
  ['apps', products === undefined ? 'not known' : products.length === 0 ? 'none' : products.join(', ')],
  ['last active', lastActiveWords(lastActive)],
]

/** Which policy holds, in one sentence. */
export function policySentence({ accountClass, policy, claims }: ExplainReport): string {
  const winner = claims.find(({ wins }) => wins)
  if (accountClass === 'app' || accountClass === 'portal-only') return 'No policy holds for it.'
  if (policy === null)
    return accountClass === 'external'
      ? 'No policy holds for it.'
      : 'The API does not tell which authentication policy it is in.'
  if (accountClass === 'external')
    return policy === 'external'
      ? 'The external user policy holds for it. No authentication policy can.'
      : `The ${policy} policy for external users holds for it. No authentication policy can.`
  if (accountClass !== 'managed') return `It would be under “${policy}”.`
  if (winner === undefined)
    return claims.length === 0
      ? `It is in the authentication policy “${policy}”. No document claims it, so it stays there.`
      : `It is in the authentication policy “${policy}”, and stays there: no policy that takes it in gets it.`
  return winner.policy === policy
    ? `It is in the authentication policy “${policy}”, where the documents want it.`
    : `It is in the authentication policy “${policy}” now. The documents put it into “${winner.policy}”.`
}

const selectors: Readonly<Record<Claim['selector'], string>> = {
  accounts: 'it is named under `accounts`',
  groups: 'it is in one of its `groups`',
  domains: 'it is on one of its `domains`',
  everyoneElse: 'it takes `everyoneElse` of its directory',
}

/** Why a policy takes the account in. */
export const claimWords = ({ policy, selector }: Claim): string => `“${policy}” claims it: ${selectors[selector]}`

/** Why a policy that takes the account in does not get it. */
export const whyNotWords = (claim: Claim): string =>
  `${claimWords(claim)}. It does not get it${claim.why === undefined ? '' : `: ${claim.why}`}`

/** What sign-in asks, now and as declared, a line each. */
export function levelSentences({
  level,
  declaredLevel,
  afterPlan,
}: ExplainReport): readonly (readonly [string, string])[] {
  if (level === undefined && declaredLevel === undefined) return []
  const now = level === undefined ? 'no level: it reaches nothing now' : `${level}: ${levelMeaning[level]}`
  const declared =
    declaredLevel !== undefined
      ? declaredLevel === level
        ? 'the same'
        : `${declaredLevel}: ${levelMeaning[declaredLevel]}`
      : afterPlan === undefined
        ? 'not known'
        : 'no level: the plan takes its access'
  return [
    ['now', now],
    ['as declared', declared],
  ]
}

/** What is known of one setting, and what the document says where that differs or nothing proves it. */
export function settingWords(
  { state, value, evidence, declared }: ExplainedSetting,
  now: Date,
): { readonly value: string; readonly evidence: string; readonly declared?: string } {
  const proof = evidence === undefined ? '' : evidenceWords(evidence, now)
  const said = declared === undefined ? {} : { declared }
  switch (state) {
    case 'unknown':
      return { value: 'not known', evidence: 'nothing shows it', ...said }
    case 'stale':
      return { value: value ?? 'not known', evidence: `stale: ${proof}`, ...said }
    case 'known':
      return declared === value
        ? { value: value ?? 'not known', evidence: `${proof}; as the document says` }
        : {
            value: value ?? 'not known',
            evidence: declared === undefined ? `${proof}; no document sets it` : proof,
            ...said,
          }
  }
}

/** What the plan changes for this person. */
export function planWords({ afterPlan }: ExplainReport): readonly string[] {
  if (afterPlan === undefined || afterPlan.changes.length === 0) {
    return afterPlan?.level === undefined
      ? ['nothing']
      : [`nothing that this person notices; its level becomes ${afterPlan.level}`]
  }
  return afterPlan.changes
}
