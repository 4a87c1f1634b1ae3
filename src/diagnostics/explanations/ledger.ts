import type { LedgerFacts } from '../ledger-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const ledgerExplanations: ExplanationsOf<LedgerFacts> = {
  'ledger/garbled': {
    means:
      'A file of the ledger is not what Postern writes: cut short, edited by hand, or mixed up by a merge. It is never guessed at and never overwritten. A folder keeps the content before the last write; a bucket keeps it where versioning is on.',
    fix: 'Bring the last good content back with the command in the message, or an earlier version of the object. Without one, restore a backup; a file that is removed must be recorded again, evidence by observe and attest.',
  },
  'ledger/newer': {
    means: 'A newer Postern wrote this file, in a format that this one does not read. Nothing was touched.',
    fix: 'Use one version wherever this ledger is used: update this Postern.',
  },
  'ledger/unreadable': {
    means: 'A file of the ledger is there and could not be read. The reason is in the message.',
    fix: 'Give the user that runs Postern the right to read the folder. The files belong to whoever created the ledger and are readable by nobody else.',
  },
  'ledger/unwritable': {
    means:
      'A file of the ledger could not be written: no right to, a full disk, a read-only file system. What was there is untouched. During an apply nothing more is sent, since the ledger would not know of it.',
    fix: 'Mend what the message names and run the command again. After an apply that ended so, run `postern apply` again: it looks first what was done.',
  },
  'ledger/busy': {
    means:
      'Other runs write the same file of the ledger all the time, and this one gave up after about ten seconds, or after many attempts in a bucket. Nothing was recorded by this write.',
    fix: 'Try again. For a folder: if no run is going on, remove the `.lock` folder that the message names. A folder on a network drive is slower than a bucket.',
  },
  'ledger/other-organization': {
    means:
      'A ledger belongs to the organization that first used it, and this one belongs to another than the documents do. Evidence of one organization says nothing about another.',
    fix: 'Name the right ledger with `POSTERN_LEDGER` or `--ledger`. Each organization has its own.',
  },
  'ledger/unsupported': {
    means: 'The place looks like an address and is not `s3://bucket/prefix`.',
    fix: 'Use a folder or `s3://bucket/prefix`. Other stores that speak S3 are reached with `AWS_ENDPOINT_URL_S3`.',
  },
  'ledger/no-run-name': {
    means: 'What was given as the name of a run could be a path, and names of runs are letters, digits and hyphens.',
    fix: 'Copy the name from `postern audit`, which lists the runs.',
  },
  'ledger/locked': {
    means:
      'Another run is changing the organization, and two at a time could undo each other’s work. The message says who, where and for how long. A holder that ran on this machine and is gone is taken over without asking.',
    fix: 'Wait until it ends. If its job is surely dead, for example because the CI machine is gone, `postern unlock` shows the holder and frees the lock.',
  },
  'ledger/no-sdk': {
    means: 'A ledger in a bucket needs the package `@aws-sdk/client-s3`, which is installed only where it is wanted.',
    fix: '`npm install @aws-sdk/client-s3` beside Postern, with `--global` if Postern is installed so.',
  },
  'ledger/no-region': {
    means: 'Neither `AWS_REGION` nor a profile names the region of the bucket.',
    fix: 'Set `AWS_REGION` to the region of the bucket.',
  },
  'ledger/bad-endpoint': {
    means:
      '`AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` is no address, or is plain http to another machine. The ledger names people, so it goes over https only.',
    fix: 'Use an https address, or unset the variable for Amazon S3.',
  },
  'ledger/no-conditions': {
    means:
      'Before its first write Postern lets the server prove that it refuses a write whose condition does not hold. This one wrote all the same, so two runs could hold the lock at once. Some servers ignore conditions only on buckets with versioning.',
    fix: 'Use Amazon S3, or a server that honours `If-None-Match` and `If-Match`, or a bucket without versioning on that server.',
  },
  'ledger/no-credentials': {
    means:
      'The AWS SDK found no credentials, or the bucket does not take those it found: expired, revoked, or of another account.',
    fix: 'Give the job a role, or set `AWS_PROFILE`, or `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`. Sign in again where a session has ended.',
  },
  'ledger/no-documents': {
    means:
      '`--from-ledger` takes the documents that were applied last, and this ledger has none. Terraform records them with the first apply, also one that ends with console steps.',
    fix: 'Apply once, then observe or attest, then apply again. If you did, it is another ledger: give the one of the provider block with `--ledger` or `POSTERN_LEDGER`.',
  },
  'ledger/denied': {
    means: 'The credentials are known, and may not do this in the bucket.',
    fix: 'Allow `s3:GetObject` and `s3:PutObject` on the objects below the prefix and `s3:ListBucket` on the bucket; with KMS the use of its key as well.',
  },
  'ledger/no-bucket': {
    means: 'There is no bucket of this name. Postern creates none.',
    fix: 'Correct `POSTERN_LEDGER` or `--ledger`, or create the bucket.',
  },
  'ledger/wrong-region': {
    means: 'The bucket is in another region than the one that was asked.',
    fix: 'Set `AWS_REGION` to the region of the bucket.',
  },
  'ledger/clock-skew': {
    means:
      'Requests to the bucket are signed with the time, and the clock of this machine is too far from the server’s.',
    fix: 'Set the clock of this machine right.',
  },
  'ledger/unreachable': {
    means: 'The bucket did not answer: no connection, a name that does not resolve, or an answer that took too long.',
    fix: 'Check the network, `AWS_REGION` and `AWS_ENDPOINT_URL`, then run it again. Where the message says that it may have been recorded, that is harmless.',
  },
  'ledger/store-failed': {
    means:
      'The bucket answered with an error that is none of the usual ones, also after several attempts. Its code is in the message.',
    fix: 'Try again later; look the code up in the documentation of the store.',
  },
}
