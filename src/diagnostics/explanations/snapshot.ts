import type { SnapshotFacts } from '../snapshot-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

const page = 'See [pull requests from forks](forks.md).'

export const snapshotExplanations: ExplanationsOf<SnapshotFacts> = {
  'snapshot/unreadable': {
    means: 'The file given with `--snapshot` cannot be read, or it is not what `postern snapshot` writes.',
    fix: `Take a new one, or fetch the artifact again. ${page}`,
  },
  'snapshot/newer-format': {
    means: 'A Postern that came later took the snapshot, and wrote it in a way that this one does not know.',
    fix: 'Use the same version in the job that takes it and in the job that plans from it.',
  },
  'snapshot/altered': {
    means: 'The signature does not fit the content: somebody or something changed the file after it was taken.',
    fix: `Fetch it again from where the trusted job published it. ${page}`,
  },
  'snapshot/other-organization': {
    means: 'The snapshot shows another organization than the one that the documents are about.',
    fix: 'Fetch the snapshot of this organization. Where a repository holds several, each has its own.',
  },
  'snapshot/too-old': {
    means:
      'A snapshot says until when it may be used. After that the organization may have changed so much that a plan from it would mislead.',
    fix: 'See whether the scheduled job still runs that takes it. `postern snapshot --valid-for 7d` lets the next one live longer.',
  },
  'snapshot/from-the-future': {
    means: 'The snapshot was taken more than five minutes later than it is here: one of the two clocks is wrong.',
    fix: 'Set the clock of the machine that is wrong.',
  },
  'snapshot/other-signer': {
    means: 'The Organization document says whose snapshots are believed, and this one is signed by somebody else.',
    fix: `If the key of the trusted job was changed on purpose, add its public key to \`snapshots.signedBy\`. ${page}`,
  },
  'snapshot/any-signer': {
    means:
      'Nobody altered the snapshot since it was signed. Who signed it cannot be told: the Organization document names no key, so anybody can have made one.',
    fix: `Declare the public key of the trusted job under \`snapshots.signedBy\`. ${page}`,
  },
  'snapshot/signed-once': {
    means:
      'POSTERN_SNAPSHOT_KEY is not set, so the snapshot was signed with a key that nobody keeps. It shows alterations, not who took it.',
    fix: 'Make a secret once with `openssl rand -hex 32` and give it to the trusted job as POSTERN_SNAPSHOT_KEY.',
  },
  'snapshot/weak-secret': {
    means:
      'The key to sign with is derived from POSTERN_SNAPSHOT_KEY. Whoever guesses a short secret can sign snapshots of their own.',
    fix: 'Make a new secret with `openssl rand -hex 32`.',
  },
  'snapshot/run-open': {
    means:
      'An apply goes on, or was cut off and is not finished yet. What the organization shows now is neither what was nor what will be.',
    fix: 'Wait for it. A run that was cut off is finished by the next `postern apply`.',
  },
  'snapshot/bad-duration': {
    means: '`--valid-for` takes a number of minutes, hours or days.',
    fix: 'Write it as `36h` or `2d`.',
  },
  'snapshot/cannot-tell': {
    means:
      'A snapshot holds no names. It can only tell of those that the documents named when it was taken, and this change brings others. The plan treats them as if there were no such account, domain, policy or allowlist.',
    fix: `Nothing is wrong. Whoever has the key sees the whole plan before merging; a snapshot taken with \`--match everyone\` can tell of every name. ${page}`,
  },
  'snapshot/not-applied': {
    means:
      'A plan from a snapshot names accounts by stand-ins and rests on what was so some hours ago. Carrying it out would be wrong.',
    fix: 'Plan again with a key: `postern plan policies --out plan.json`.',
  },
  'org/not-in-snapshot': {
    means:
      'The documents need something of the organization that was not read when the snapshot was taken, such as the members of a group that no document named then.',
    fix: `Whoever has the key sees the whole plan. A snapshot taken with \`--match everyone\` holds every group. ${page}`,
  },
}
