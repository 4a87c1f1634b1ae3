import { consoleClicks } from '../src/kinds/console-pages.ts'
import type { Field } from '../src/kinds/field.ts'
import type { KindName } from '../src/kinds/index.ts'

/** What an editor says of a field besides its effect: its name at Atlassian, where it is set, what counts as evidence. */
export interface FieldHint {
  readonly plain: string
  readonly markdown: string
}

/** Where Atlassian Administration has the objects of a kind. */
const places: Partial<Record<KindName, readonly string[]>> = {
  Organization: ['Settings', 'Domains'],
  AuthenticationPolicy: [...consoleClicks.authenticationPolicies, 'the policy'],
  ExternalUserPolicy: [...consoleClicks.externalUsers, 'the policy'],
  IpAllowlist: consoleClicks.ipAllowlists,
}

/** Undefined where the field is Postern’s own: Atlassian has no name for it. */
export function hintFor(kind: KindName, path: string, field: Field): FieldHint | undefined {
  const clicks = places[kind]
  if (clicks === undefined || path.startsWith('access.')) return undefined
  const place = clicks.join(' → ')
  const facts = [words(field), range(field), setIn(field)].filter(fact => fact !== '').join(' ')
  return {
    plain: `Atlassian calls it “${field.label}” (${place}). ${facts}`,
    markdown: `Atlassian: **${field.label}** (${place})  \n${facts}`,
  }
}

const words = ({ words: shown = {} }: Field): string => {
  const pairs = Object.entries(shown).filter(([value, word]) => value !== word.toLowerCase())
  return pairs.length === 0 ? '' : `It shows ${pairs.map(([value, word]) => `\`${value}\` as “${word}”`).join(', ')}.`
}

const range = ({ range: limits }: Field): string => (limits ? `From ${limits[0]} to ${limits[1]}.` : '')

function setIn({ channel, compare, export: exported }: Field): string {
  if (channel === 'console') {
    if (compare === 'declared') return 'Chosen in the console when the object is made; it is not compared.'
    const evidence = exported === undefined ? 'an attestation' : 'the file of Export members, or an attestation'
    return `Set in the console. Evidence: ${evidence}.`
  }
  return compare === 'declared'
    ? 'Read through the Admin API, never changed.'
    : 'Read and set through the Admin API: Postern does it.'
}
