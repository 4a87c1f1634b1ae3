import type { Severity } from '../model/diagnostic-document.ts'
import { count, some, type WordingOf } from './wording.ts'

/** What is wrong with a snapshot, or must be known of it. */
export interface SnapshotFacts {
  'snapshot/unreadable': { readonly file: string; readonly why: string }
  'snapshot/newer-format': { readonly file: string; readonly version: string }
  'snapshot/altered': { readonly file: string }
  'snapshot/other-organization': { readonly file: string; readonly id: string; readonly wanted: string }
  'snapshot/too-old': { readonly file: string; readonly takenAt: string; readonly validUntil: string }
  'snapshot/from-the-future': { readonly file: string; readonly takenAt: string }
  'snapshot/other-signer': { readonly file: string; readonly key: string; readonly known: readonly string[] }
  'snapshot/any-signer': { readonly key: string }
  'snapshot/signed-once': { readonly key: string }
  'snapshot/weak-secret': { readonly least: number }
  'snapshot/run-open': { readonly run: string; readonly at: string }
  'snapshot/bad-duration': { readonly value: string }
  'snapshot/cannot-tell': { readonly names: readonly string[] }
  'snapshot/not-applied': Readonly<Record<string, never>>
  'org/not-in-snapshot': { readonly what: string }
}

export const snapshotWording: WordingOf<SnapshotFacts> = {
  'snapshot/unreadable': ({ file, why }) => ({
    summary: `cannot plan from \`${file}\`: ${why}`,
    hint: 'take a new one: `postern snapshot policies --output snapshot.json`',
  }),
  'snapshot/newer-format': ({ file, version }) => ({
    summary: `\`${file}\` has format version ${version}, which this Postern does not know`,
    hint: 'use the version of Postern that took it',
  }),
  'snapshot/altered': ({ file }) => ({
    summary: `\`${file}\` was altered since it was signed: nothing in it can be believed`,
    hint: 'fetch the artifact of the trusted job again',
  }),
  'snapshot/other-organization': ({ file, id, wanted }) => ({
    summary: `\`${file}\` is of the organization ${id}, and the documents are of ${wanted}`,
    hint: 'fetch the snapshot of this organization',
  }),
  'snapshot/too-old': ({ file, takenAt, validUntil }) => ({
    summary: `\`${file}\` was taken at ${takenAt} and was to be used until ${validUntil}: the organization has moved on`,
    hint: 'see whether the scheduled job still runs that takes a snapshot, and fetch a new one',
  }),
  'snapshot/from-the-future': ({ file, takenAt }) => ({
    summary: `\`${file}\` was taken at ${takenAt}, which is in the future`,
    hint: 'one of the two clocks is wrong',
  }),
  'snapshot/other-signer': ({ file, key, known }) => ({
    summary: `\`${file}\` is signed by \`${key}\`, which the documents do not trust: they name ${some(known)}`,
    hint: 'if the key was changed on purpose, add it to `snapshots.signedBy` of the Organization document',
  }),
  'snapshot/any-signer': ({ key }) => ({
    summary: `nobody altered the snapshot since it was signed by \`${key}\`, but no document says whose key that is: anybody can have made it`,
    hint: `declare the key of your trusted job in the Organization document: \`snapshots: { signedBy: ["${key}"] }\``,
  }),
  'snapshot/signed-once': ({ key }) => ({
    summary: `signed with a key that was made for this once (\`${key}\`): it shows whether somebody altered the snapshot, not who took it`,
    hint: 'give the trusted job a secret POSTERN_SNAPSHOT_KEY, such as the output of `openssl rand -hex 32`, and it is signed by the same key each time',
  }),
  'snapshot/weak-secret': ({ least }) => ({
    summary: `POSTERN_SNAPSHOT_KEY has fewer than ${count(least, 'character')}: somebody could guess it and sign snapshots of their own`,
    hint: 'make one with `openssl rand -hex 32`',
  }),
  'snapshot/run-open': ({ run, at }) => ({
    summary: `the run \`${run}\` of ${at} goes on, or was cut off: a snapshot now would be one of its middle`,
    hint: 'wait for its end, or let `postern apply` finish it',
  }),
  'snapshot/bad-duration': ({ value }) => ({
    summary: `\`${value}\` is no duration for \`--valid-for\``,
    hint: 'write it as `36h` or `2d`',
  }),
  'snapshot/cannot-tell': ({ names }) => ({
    summary: `the snapshot cannot tell whether there is ${some(names)}: the documents did not name ${names.length === 1 ? 'it' : 'them'} when it was taken. The plan is made as if there were not`,
    hint: 'a plan with a key shows it. A snapshot taken with `--match everyone` can tell too, but then whoever has it can try out whether somebody has an account',
  }),
  'snapshot/not-applied': () => ({
    summary: 'this plan was made from a snapshot: it is to be read, not to be carried out',
    hint: 'plan again with a key',
  }),
  'org/not-in-snapshot': ({ what }) => ({
    summary: `the snapshot does not hold ${what}`,
    hint: 'a plan with a key asks the organization for it. A snapshot taken with `--match everyone` holds every group',
  }),
}

export const snapshotSeverities = {
  'snapshot/any-signer': 'warning',
  'snapshot/signed-once': 'warning',
  'snapshot/cannot-tell': 'warning',
} satisfies { readonly [C in keyof SnapshotFacts]?: Severity }
