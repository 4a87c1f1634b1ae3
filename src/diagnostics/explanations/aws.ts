import type { AwsFacts } from '../aws-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const awsExplanations: ExplanationsOf<AwsFacts> = {
  'aws/refused': {
    means:
      'AWS did not carry out an operation that the function needs. The message names the operation, the object, the name of the error and what was not done because of it. It holds no text of the answer.',
    fix: 'For `AccessDenied`, compare the role of the function with [what it may do](aws.md): policies of the organization in AWS, a permissions boundary, the policy of the bucket or of the KMS key may take it away. The function counts an error and the alarm goes off.',
  },
  'aws/no-key': {
    means:
      'The secret for the organization API key is there, and has no value or an empty one. The construct makes it so: a key never stands in a state of Terraform.',
    fix: 'Put the key there once, as [the first deployment](aws.md) shows. Check and apply have a secret each.',
  },
  'aws/bad-setting': {
    means: 'A variable of the function is missing or cannot be right. The construct sets them all.',
    fix: 'Deploy the stack again. If you set variables by hand, [the page about AWS](aws.md) lists them.',
  },
  'aws/bad-event': {
    means: 'What the function was invoked with lacks something, or holds something that it cannot be.',
    fix: 'Invoke it as the workflow in [running on AWS](aws.md) does. Nothing was read or changed.',
  },
  'aws/no-documents': {
    means:
      'The documents that are to be compared are not in the bucket. The check takes those of the commit that was last applied; an apply takes those of the commit it is given.',
    fix: 'Run the workflow that applies on merge once. It uploads the documents and invokes the apply function.',
  },
  'aws/bad-documents': {
    means:
      'The archive of documents is no ZIP file, is too large, lacks the policy folder, or holds names that lead out of the folder. Nothing of it was used.',
    fix: 'Make it with `git archive`, which packs what is committed and nothing else.',
  },
  'aws/bad-inventory': {
    means:
      'The list of organizations of a fleet cannot be used. Every problem is told at once with its place. No organization was looked at: with two organizations in one ledger, each would see the other’s history.',
    fix: 'Correct what is named. [The page about fleets](fleet.md) describes the file.',
  },
  'aws/out-of-time': {
    means:
      'The time of the function was about to end, so the run was stopped in order: the request under way was finished, the journal and the lock were closed.',
    fix: 'Run it again; it goes on where it ended. Raise `checkTimeoutSeconds` or `applyTimeoutSeconds` of the construct. An organization that needs more than 15 minutes is checked from a machine or a container instead.',
  },
}
