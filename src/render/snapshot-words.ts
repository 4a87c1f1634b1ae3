import type { PlanSnapshot } from '../model/plan.ts'
import { timeWords } from './coverage-words.ts'
import { age } from './evidence-words.ts'

/** What a plan was made from where it was not the organization itself. */
export const snapshotWords = ({ takenAt, validUntil, trusted }: PlanSnapshot, now: Date): string =>
  `From a snapshot of ${age(takenAt, now) === 'now' ? 'just now' : `${age(takenAt, now)} ago`}, valid until ${timeWords(validUntil)}${trusted ? '' : '; no document names the key that signed it'}. Accounts that no document names have other names in it.`
