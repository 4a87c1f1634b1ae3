import type { JsonObject } from '../model/json.ts'
import type { SectionName } from './contract.ts'

/** What becomes of a section that was written before a version of the format. */
export interface Migration {
  /** The version that it makes. Whatever is older goes through it. */
  readonly to: string
  readonly migrate: (content: JsonObject) => JsonObject
}

/** The steps of each section, the oldest first. A section without any means the same in every version. */
export type Migrations = Readonly<Partial<Record<SectionName, readonly Migration[]>>>

/** The format in which a ledger is written, and how older ones become it. */
export interface LedgerFormat {
  readonly version: string
  readonly migrations: Migrations
}

/** 1.1 added sections (lock, runs, approvals, reading), journals and records; those of 1.0 stayed what they were. */
export const currentFormat: LedgerFormat = { version: '1.1', migrations: {} }

/** First and second number of a version; undefined where it is none. */
export function versionNumbers(text: string): readonly [number, number] | undefined {
  const [, first, second] = /^(\d{1,4})\.(\d{1,4})$/.exec(text) ?? []
  return first === undefined || second === undefined ? undefined : [Number(first), Number(second)]
}

const isOlder = (version: string, than: string): boolean => {
  const [first = 0, second = 0] = versionNumbers(version) ?? []
  const [thanFirst = 0, thanSecond = 0] = versionNumbers(than) ?? []
  return first < thanFirst || (first === thanFirst && second < thanSecond)
}

/** The content of a section as the current format has it. */
export const migrated = (
  section: SectionName,
  version: string,
  content: JsonObject,
  { migrations }: LedgerFormat,
): JsonObject =>
  (migrations[section] ?? [])
    .filter(({ to }) => isOlder(version, to))
    .reduce((before, { migrate }) => migrate(before), content)
