import type { Severity } from '../model/diagnostic-document.ts'
import { count, type WordingOf } from './wording.ts'

/** What every failed call to a bucket says of itself. What the server wrote is left out: it may hold parts of what was signed. */
export interface StoreFacts {
  readonly task: 'read' | 'write' | 'list'
  /** The address of the object: `s3://bucket/prefix/lock.json`. */
  readonly object: string
  /** The error code of S3, of the SDK or of the network. */
  readonly name: string
  readonly status?: number
  /** Whether what was to be written may be there all the same. */
  readonly recorded: 'no' | 'maybe'
}

/** Problems with what is kept between runs. */
export interface LedgerFacts {
  /** `kept`: the last good content, a file that can be copied back; or `versions`, where a bucket may keep it. */
  'ledger/garbled': {
    readonly file: string
    readonly why: string
    readonly kept?: { readonly file: string; readonly at: string } | 'versions'
  }
  'ledger/newer': { readonly file: string; readonly version: string }
  'ledger/unreadable': { readonly file: string; readonly why: string }
  'ledger/unwritable': { readonly file: string; readonly why: string }
  'ledger/busy': { readonly file: string; readonly lock?: string }
  'ledger/other-organization': { readonly place: string; readonly ledger: string; readonly documents: string }
  'ledger/unsupported': { readonly place: string }
  'ledger/no-documents': { readonly place: string }
  'ledger/no-run-name': { readonly run: string }
  /** Who holds the lock. `seconds`: for how long; `here`: on a host of the same name. */
  'ledger/locked': {
    readonly owner: string
    readonly command: string
    readonly run: string
    readonly host: string
    readonly pid: number
    readonly seconds: number
    readonly here: boolean
  }
  'ledger/no-sdk': Readonly<Record<string, never>>
  'ledger/no-region': Readonly<Record<string, never>>
  /** `origin`: without what may be secret in it; empty where it is no address. */
  'ledger/bad-endpoint': { readonly origin: string }
  'ledger/no-conditions': { readonly place: string }
  'ledger/no-credentials': StoreFacts
  'ledger/denied': StoreFacts
  'ledger/no-bucket': StoreFacts
  'ledger/wrong-region': StoreFacts
  'ledger/clock-skew': StoreFacts
  'ledger/unreachable': StoreFacts
  'ledger/store-failed': StoreFacts
}

export const ledgerWording: WordingOf<LedgerFacts> = {
  'ledger/garbled': ({ file, why, kept }) => ({
    summary:
      `the ledger’s file \`${file}\` cannot be read: ${why}` +
      (typeof kept === 'object' ? `; its last good content is of ${kept.at}` : ''),
    hint: `${restore(file, kept)}. Nothing was overwritten`,
  }),
  'ledger/newer': ({ file, version }) => ({
    summary: `the ledger’s file \`${file}\` has the format ${version}, which is newer than this Postern`,
    hint: 'update Postern. Nothing was touched',
  }),
  'ledger/unreadable': ({ file, why }) => ({ summary: `cannot read the ledger’s file \`${file}\`: ${why}` }),
  'ledger/unwritable': ({ file, why }) => ({
    summary: `cannot write the ledger’s file \`${file}\`: ${why}`,
    hint: 'what was there before is untouched, and nothing was added to it',
  }),
  'ledger/busy': ({ file, lock }) => ({
    summary: `the ledger’s file \`${file}\` is being written by others all the time`,
    hint:
      'try again' +
      (lock === undefined ? '' : `; if no run is going on, remove the folder \`${lock}\``) +
      '. Nothing was recorded',
  }),
  'ledger/other-organization': ({ place, ledger, documents }) => ({
    summary: `the ledger ${place} belongs to the organization ${ledger}, not to ${documents}`,
    hint: 'name the right one with --ledger or POSTERN_LEDGER: what was recorded of one organization says nothing about another. Nothing was changed',
  }),
  'ledger/no-documents': ({ place }) => ({
    summary: `the ledger ${place} holds no documents: nothing was applied with it yet`,
    hint: 'apply once: what an apply could not prove it records all the same. Or give the ledger of the configuration with --ledger',
  }),
  'ledger/unsupported': ({ place }) => ({
    summary: `\`${place}\` cannot be a ledger`,
    hint: 'use a folder, or `s3://bucket/prefix`',
  }),
  'ledger/no-run-name': ({ run }) => ({
    summary: `\`${run}\` cannot be the name of a run`,
    hint: 'names of runs are letters, digits and hyphens. Nothing was recorded',
  }),
  'ledger/locked': ({ owner, command, run, host, pid, seconds, here }) => ({
    summary:
      `${owner} is changing the organization: \`${command}\`, run ${run}, process ${pid} on ${host}` +
      (seconds < 0 ? '' : `, for ${ageOf(seconds)}`),
    hint: here
      ? `wait until it ends; where no such process runs any more, \`postern unlock\` frees the lock. Nothing was changed`
      : `wait until it ends; where it surely died on ${host}, \`postern unlock\` frees the lock. Nothing was changed`,
  }),
  'ledger/no-sdk': () => ({
    summary: 'a ledger in a bucket needs the AWS SDK, which is not installed',
    hint: '`npm install @aws-sdk/client-s3` where Postern is installed (with --global, if Postern is). Nothing was changed',
  }),
  'ledger/no-region': () => ({
    summary: 'the region of the ledger’s bucket is not known',
    hint: 'set AWS_REGION. Nothing was changed',
  }),
  'ledger/bad-endpoint': ({ origin }) => ({
    summary:
      origin === ''
        ? 'AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL is no address'
        : `the ledger is not written to ${origin}: what it holds goes over https only`,
    hint: 'use an address with https; http is for this machine. Nothing was changed',
  }),
  'ledger/no-conditions': ({ place }) => ({
    summary: `the server of ${place} ignores conditions: it wrote what If-None-Match or If-Match forbade`,
    hint: 'two runs could change the organization at a time. Use Amazon S3 or a server that honours both (some do not on buckets with versions). Nothing was recorded',
  }),
  'ledger/no-credentials': facts => ({
    summary: `${failure(facts)}: there are no credentials for AWS, or they are no longer valid`,
    hint: `give the job a role, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. ${effect(facts)}`,
  }),
  'ledger/denied': facts => ({
    summary: `${failure(facts)}: permission denied`,
    hint: `the ledger needs s3:GetObject and s3:PutObject on its objects and s3:ListBucket on the bucket. ${effect(facts)}`,
  }),
  'ledger/no-bucket': facts => ({
    summary: `${failure(facts)}: there is no such bucket`,
    hint: `look at --ledger or POSTERN_LEDGER: Postern creates no buckets. ${effect(facts)}`,
  }),
  'ledger/wrong-region': facts => ({
    summary: `${failure(facts)}: the bucket is in another region`,
    hint: `set AWS_REGION to the region of the bucket. ${effect(facts)}`,
  }),
  'ledger/clock-skew': facts => ({
    summary: `${failure(facts)}: the clock of this machine is wrong`,
    hint: `set it right: requests are signed with the time. ${effect(facts)}`,
  }),
  'ledger/unreachable': facts => ({
    summary: `${failure(facts)}: no answer`,
    hint: `look at the network, AWS_REGION and AWS_ENDPOINT_URL. ${effect(facts)}`,
  }),
  'ledger/store-failed': facts => ({ summary: failure(facts), hint: `try again later. ${effect(facts)}` }),
}

const tasks = { read: 'read', write: 'write', list: 'list what is under' } as const

const failure = ({ task, object, name, status }: StoreFacts): string =>
  `cannot ${tasks[task]} the ledger’s \`${object}\` (${status === undefined ? '' : `${status} `}${name})`

const effect = ({ task, recorded }: StoreFacts): string =>
  recorded === 'maybe'
    ? 'It may have been recorded all the same: run it again to see'
    : task === 'write'
      ? 'Nothing was recorded by this'
      : 'Nothing was changed by this'

function restore(file: string, kept: LedgerFacts['ledger/garbled']['kept']): string {
  if (kept === 'versions') return 'bring an earlier version of the object back, where the bucket keeps them'
  if (kept !== undefined) return `\`cp ${quoted(kept.file)} ${quoted(file)}\` brings that back`
  return 'restore it from a backup, or remove it: what it held must then be recorded again'
}

/** A path as a shell takes it. */
const quoted = (path: string): string =>
  /^[\w./@%+:,-]+$/.test(path) && !path.startsWith('-') ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`

function ageOf(seconds: number): string {
  if (seconds < 120) return count(seconds, 'second')
  if (seconds < 7_200) return count(Math.floor(seconds / 60), 'minute')
  return seconds < 172_800 ? count(Math.floor(seconds / 3_600), 'hour') : count(Math.floor(seconds / 86_400), 'day')
}

export const ledgerSeverities = {} satisfies { readonly [C in keyof LedgerFacts]?: Severity }
