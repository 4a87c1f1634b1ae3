import { count } from '../diagnostics/wording.ts'
import { wordFor } from '../kinds/field.ts'
import { kindNamed } from '../kinds/index.ts'
import type { ExplainReport } from '../model/coverage.ts'
import type { Assessed, Standing } from './assess.ts'
import { impactOf, type AccessChanges } from './impact.ts'

/** What the plan changes for one person; undefined where it changes nothing. */
export function personalChanges(row: Assessed, access: AccessChanges): ExplainReport['afterPlan'] {
  const { now, declared } = row
  const noticed = impactOf([row], access).map(
    ({ code, certain, summary, tokens = 0 }) =>
      `${personal[code]?.(tokens) ?? summary}${certain ? '' : ', unless that is so already: nothing shows what holds now'}`,
  )
  if (declared === undefined) return { changes: noticed }
  const moved = now !== undefined && now.policy !== declared.policy
  const raised = now?.verdict.level !== declared.verdict.level
  const changes = [
    ...(moved ? [`moves from “${now.policy ?? 'unknown'}” to “${declared.policy ?? 'unknown'}”`] : []),
    ...(now === undefined ? [] : settingChanges(now, declared)),
    ...noticed,
  ]
  if (changes.length === 0 && !raised) return undefined
  return {
    ...(declared.policy !== undefined && { policy: declared.policy }),
    level: declared.verdict.level,
    changes,
  }
}

const personal: Readonly<Record<string, (tokens: number) => string>> = {
  suspended: () => 'loses access to all apps',
  restored: () => 'gets access back, with roles and groups',
  'asked-for-sso': () => 'signs in through the identity provider from the next sign-in on',
  'asked-for-two-step': () =>
    'is asked for two-step verification at the next sign-in, and has to set it up then if it is not on',
  'asked-for-passcode': () => 'is asked for an emailed passcode when the session ends',
  'no-longer-asked': () => 'is no longer asked for a second factor',
  'loses-tokens': tokens =>
    tokens === 0 ? 'loses API tokens, if there are any' : `loses ${count(tokens, 'live API token')}`,
  'becomes-billable': () => 'becomes billable for Guard Standard',
}

/** The settings that are known to become others. One of which nothing is known is to be confirmed, and may well stay as it is. */
function settingChanges({ view: before }: Standing, { view: after }: Standing): readonly string[] {
  if (before === undefined || after === undefined) return []
  return Object.entries(kindNamed(after.kind).fields).flatMap(([path, field]) => {
    const [from, to] = [before.fields[path], after.fields[path]]
    if (!path.startsWith('settings.') || to?.state !== 'known' || from?.state !== 'known') return []
    const [was, becomes] = [wordFor(field, from.value), wordFor(field, to.value)]
    return was === becomes ? [] : [`${field.label}: ${was} → ${becomes}`]
  })
}
