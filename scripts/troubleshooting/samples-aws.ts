import type { AwsFacts } from '../../src/diagnostics/aws-codes.ts'

/** Facts that show how the messages about running on AWS read. */
export const awsSamples: AwsFacts = {
  'aws/refused': {
    operation: 'secretsmanager:GetSecretValue',
    resource: 'postern/read-key',
    name: 'AccessDeniedException',
    status: 400,
    undone: 'nothing was read from the organization',
  },
  'aws/no-key': { secret: 'postern/read-key' },
  'aws/bad-setting': { name: 'POSTERN_BUCKET', problem: 'is not set' },
  'aws/bad-event': { problem: '`commit` must be the full SHA of a commit, of 40 hexadecimal digits' },
  'aws/no-documents': {
    object: 'documents/commits/0000000000000000000000000000000000000000/documents.zip',
    commit: '0000000000000000000000000000000000000000',
  },
  'aws/bad-documents': {
    object: 'documents/commits/0000000000000000000000000000000000000000/documents.zip',
    problem: 'it is no ZIP file',
  },
  'aws/bad-inventory': { at: '[1].id', problem: 'the organization of entry [0] again' },
  'aws/out-of-time': { command: 'drift', seconds: 270 },
}
