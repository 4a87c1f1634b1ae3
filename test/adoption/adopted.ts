import { adopt, type AdoptOptions } from '../../src/adoption/adopt.ts'
import type { Sighting } from '../../src/adoption/sighting.ts'
import type { KindName } from '../../src/kinds/index.ts'
import { formatAddress } from '../../src/model/address.ts'
import { valueOfMembers } from '../../src/model/document-member.ts'
import { validDrafts, type ValidDrafts } from '../../src/operations/valid-drafts.ts'
import { refusalOf } from '../../src/policy/check-value.ts'
import { documentText } from '../../src/policy/write-document.ts'
import { expect } from 'vitest'
import { check } from '../policy/check.ts'
import { sighting } from './sighting.ts'

const options: AdoptOptions = { refusal: (kind, path, value) => refusalOf(kind as KindName, path, value) }

/** What import makes of an organization; fails where the documents are not valid. */
export async function adopted(changes: Partial<Sighting>, more: Partial<AdoptOptions> = {}) {
  const made = await validDrafts(adopt(sighting(changes), { ...options, ...more }), '2026-11-24')
  expect(made.diagnostics).toEqual([])
  const files = Object.fromEntries(made.drafts.map(draft => [draft.file, documentText(draft, 'x.json')]))
  const { result } = await check(files)
  expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return { ...made, files }
}

/** The documents as values, by address. */
export const specs = ({ drafts }: ValidDrafts) =>
  Object.fromEntries(drafts.map(({ address, members }) => [formatAddress(address), valueOfMembers(members)]))

/** What is left out of objects, and why. */
export const reasons = ({ leftOut }: ValidDrafts) =>
  leftOut
    .filter(({ address }) => address.name !== '*')
    .map(({ address, path, why }) => `${formatAddress(address)}${path === undefined ? '' : ` ${path}`}: ${why}`)
