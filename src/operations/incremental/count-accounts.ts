import type { OrgReader } from '../../org/reader.ts'
import type { Counts } from './kept-answers.ts'

/** How many accounts of each kind the organization counts: three requests, however many there are. */
export async function countAccounts(reader: OrgReader): Promise<Counts> {
  const [managed, unmanaged, twoStep] = await Promise.all([
    reader.userCount({ claimStatus: 'managed' }),
    reader.userCount({ claimStatus: 'unmanaged' }),
    reader.userCount({ mfaEnabled: true }),
  ])
  return { managed, unmanaged, twoStep }
}

/** The counts after some accounts changed. */
export const countsAfter = (counts: Counts, before: Counts, after: Counts): Counts => ({
  managed: counts.managed - before.managed + after.managed,
  unmanaged: counts.unmanaged - before.unmanaged + after.unmanaged,
  twoStep: counts.twoStep - before.twoStep + after.twoStep,
})

export const isSameCount = (a: Counts, b: Counts): boolean =>
  a.managed === b.managed && a.unmanaged === b.unmanaged && a.twoStep === b.twoStep

export const countWords = ({ managed, unmanaged, twoStep }: Counts): string =>
  `${managed} managed and ${unmanaged} external accounts, ${twoStep} with two-step verification`
