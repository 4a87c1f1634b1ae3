import { wordsOf } from '../diagnostics/to-document.ts'
import type { Live } from '../kinds/live.ts'
import type { Desired } from '../kinds/resource.ts'
import { domainOf } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import type { DomainNotice, LifeLeft, NotRead } from '../model/drift.ts'
import { grouped } from '../model/grouped.ts'
import { isOutOfReach } from '../org/org-error.ts'
import type { OrgReader } from '../org/reader.ts'

/** How long the key and the certificates go on to work. A key that may not see keys does not make a check incomplete. */
export async function lifeLeft(
  reader: OrgReader,
  { organization: { spec } }: Desired,
  now: Date,
): Promise<{ readonly left: readonly LifeLeft[]; readonly notRead: readonly NotRead[] }> {
  const days = (expires: string): number => Math.floor((Date.parse(expires) - now.getTime()) / 86_400_000)
  const certificates = (spec.identityProviders ?? []).flatMap(({ name, certificateExpires }): readonly LifeLeft[] =>
    certificateExpires === undefined
      ? []
      : [{ what: 'certificate', name, expires: certificateExpires, days: days(`${certificateExpires}T00:00:00Z`) }],
  )
  try {
    const keys = await reader.apiKeys()
    const label = spec.runner?.keyLabel
    const own = keys.filter(key => label === undefined || key.label === label)
    const found = own.flatMap(({ label: name = 'API key', expiresAt }): readonly LifeLeft[] =>
      expiresAt === undefined || Number.isNaN(Date.parse(expiresAt))
        ? []
        : [{ what: 'api-key', name, expires: expiresAt, days: days(expiresAt) }],
    )
    return {
      left: [...found, ...certificates].sort((a, b) => a.days - b.days || compareText(a.name, b.name)),
      notRead: [],
    }
  } catch (error) {
    if (!isOutOfReach(error)) throw error
    return { left: certificates, notRead: [{ what: 'API keys', why: wordsOf(error.diagnostic).summary }] }
  }
}

/** Domains that lapsed, and verified ones with accounts that nobody claimed. */
export function domainNotices({ domains, externals }: Live): readonly DomainNotice[] {
  const active = externals.filter(({ status }) => status === 'active')
  const byDomain = grouped(active, ({ email }) => domainOf(email))
  return domains
    .flatMap(({ name, status }): readonly DomainNotice[] => {
      if (status !== 'verified')
        return status === 'deleted' ? [] : [{ domain: name, state: 'lapsed', ...(status !== undefined && { status }) }]
      const accounts = byDomain.get(name)?.length ?? 0
      return accounts === 0 ? [] : [{ domain: name, state: 'unclaimed', accounts }]
    })
    .sort((a, b) => compareText(a.domain, b.domain))
}
