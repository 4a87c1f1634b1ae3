import type { ForgeFacts } from '../../src/diagnostics/forge-codes.ts'

const editing = { forge: 'GitHub', operation: 'edit the comment of pull request 7', written: 'no' } as const

/** Facts that show how the messages about the forge read. */
export const forgeSamples: ForgeFacts = {
  'forge/refused': {
    ...editing,
    status: 403,
    said: 'Resource not accessible by integration',
    permissions: ['issues: write', 'pull-requests: write'],
    listed: true,
  },
  'forge/unauthorized': { ...editing, status: 401, said: 'Bad credentials', variable: 'GITHUB_TOKEN' },
  'forge/not-found': { ...editing, status: 404, said: 'Not Found', permissions: ['pull-requests: write'] },
  'forge/too-long': { ...editing, length: 70_000, limit: 65_536 },
  'forge/rate-limited': { ...editing, status: 403, waited: 0, asked: 2100 },
  'forge/unreachable': { ...editing, cause: 'connection refused', url: 'https://api.github.com' },
  'forge/unexpected': { ...editing, status: 422, said: 'Validation Failed' },
  'forge/contested': { rounds: 10 },
  'forge/bad-event': { variable: 'GITHUB_EVENT_PATH', why: 'other-shape', member: 'pull_request.head.sha' },
  'forge/no-variable': { forge: 'GitHub', variable: 'GITHUB_REPOSITORY' },
}
