import { beginTrials } from './begin-lines.ts'
import { addresses, formats, line, quiet, reports, type Trial } from './trial.ts'
import { marks } from './marks.ts'

/** A job of GitLab that has no token to post with. */
const inGitlab = {
  GITLAB_CI: 'true',
  CI_API_V4_URL: 'https://gitlab.example/api/v4',
  CI_PROJECT_ID: '42',
  CI_PROJECT_PATH: 'acme/policies',
  CI_PROJECT_URL: 'https://gitlab.example/acme/policies',
  CI_PROJECT_DIR: '.',
  CI_COMMIT_SHA: '5c3fa2f7f7a5b9d4a1f8b3d0c6a1e2d3c4b5a697',
  CI_PIPELINE_ID: '500',
  CI_JOB_URL: 'https://gitlab.example/acme/policies/-/jobs/9',
  CI_PIPELINE_SOURCE: 'schedule',
}

const guarded = ['guarded', '--ledger', '.guarded']
const approve = ['approve', 'guarded.json', '--ledger', '.guarded']
const external = ['attest', 'ExternalUserPolicy/external', '--set', 'settings.apiTokens=block']
const applied = [line('apply', 'policies', '--yes')]
const planned = [line('plan', ...guarded, '--author', 'dora', '--out', 'guarded.json')]
const alice = 'POSTERN_APPROVER_ALICE'
const secret = { stdin: marks.alice.text, tells: 'approval/bad-code' }

/** Every command: the test fails for one that is missing here, and for an option or a format that no line has. */
export const trials: Readonly<Record<string, Trial>> = {
  validate: {
    lines: [
      ...formats(['validate', 'policies'], ...reports),
      line('validate', 'policies', ...quiet),
      { argv: ['validate', 'nowhere', '--format', 'json'], tells: 'policy/not-a-folder' },
    ],
  },
  plan: {
    struck: ['plan', 'policies'],
    lines: [
      ...formats(['plan', 'policies'], ...reports, 'html'),
      line('plan', 'policies', '--format', 'markdown', '--emails', 'full'),
      { argv: ['plan', 'policies', '--base', 'main', '--verbose'], tells: 'base/no-git' },
      line('plan', 'policies', '--out', 'plan.json', '--affected', 'affected.csv', ...addresses, ...quiet),
      line(
        'plan',
        'policies',
        '--allow',
        'untested-external',
        '--author',
        'dora',
        '--require-evidence',
        '--last-active',
        '5',
      ),
    ],
  },
  apply: {
    struck: ['apply', 'policies', '--yes', '--bundle', 'bundle.json'],
    fresh: true,
    lines: [
      { argv: ['apply', 'policies', '--verbose'], answers: ['yes'], columns: 80 },
      ...formats(['apply', 'policies', '--yes'], 'text', 'json', 'markdown'),
      line('apply', 'policies', '--yes', '--format', 'markdown', '--emails', 'full'),
      line('apply', 'policies', '--yes', '--bundle', 'bundle.json', '--author', 'dora', ...addresses, ...quiet),
      line('apply', 'policies', '--yes', '--allow', 'unverified', '--require-evidence', '--last-active', '5'),
      { argv: ['apply', 'policies', '--yes', '--digest', 'a'.repeat(64)], tells: 'apply/other-digest' },
      ...planned,
      line('apply', 'guarded.json', '--ledger', '.guarded', '--yes'),
      {
        argv: ['apply', 'guarded.json', '--ledger', '.guarded', '--yes', '--otp', 'bob:WRONG'],
        tells: 'approval/wrong-code',
      },
      { argv: ['apply', 'guarded.json', '--ledger', '.guarded', '--yes', '--otp', 'CODE'], tells: 'approval/bad-otp' },
      {
        argv: ['apply', 'guarded.json', '--ledger', '.guarded', '--yes', '--otp', `bob:${marks.bob.text}`],
        tells: 'approval/bad-otp',
      },
      line('apply', 'guarded.json', '--ledger', '.guarded', '--yes', '--otp', 'bob:CODE'),
    ],
  },
  ci: {
    struck: ['ci', 'plan', 'policies', '--no-comment'],
    lines: [
      ...formats(['ci', 'plan', 'policies', '--no-comment', '--emails', 'full'], 'text'),
      line('ci', 'plan', 'policies', '--report', 'kept', '--require-evidence', '--last-active', '5', ...addresses),
      line('ci', 'plan', 'policies', '--ledger', '.postern', '--allow', 'unverified', '--author', 'dora', ...quiet),
      { argv: ['ci', 'plan', 'policies', '--base', 'HEAD'], tells: 'base/no-git' },
      { argv: ['ci', 'plan', 'policies', '--snapshot', 'policies/organization.yaml'], tells: 'snapshot/unreadable' },
      { argv: ['ci', 'apply', 'policies'], tells: 'ci/cannot-look' },
      { argv: ['ci', 'apply', 'policies', '--digest', 'a'.repeat(64)], tells: 'apply/other-digest' },
      {
        argv: ['ci', 'apply', 'policies', '--unreviewed', '--otp', `bob:${marks.bob.text}`],
        tells: 'approval/bad-otp',
      },
      line('ci', 'drift', 'policies', '--full'),
    ].map(each => ({ ...each, env: inGitlab })),
  },
  snapshot: {
    struck: ['snapshot', 'policies'],
    lines: [
      ...formats(['snapshot', 'policies'], 'text'),
      line('snapshot', 'policies', '--match', 'everyone', '--valid-for', '7d', '--ledger', '.postern', ...addresses),
      line('snapshot', 'policies', ...quiet),
      line('plan', 'policies', '--snapshot', 'result.txt', '--format', 'markdown'),
      { argv: ['plan', 'policies', '--snapshot', 'policies/organization.yaml'], tells: 'snapshot/unreadable' },
    ],
  },
  revert: {
    before: applied,
    struck: ['revert', 'RUN'],
    lines: [
      ...formats(['revert', 'RUN'], 'text', 'json', 'markdown', 'html'),
      line('revert', 'RUN', '--out', 'revert.json', '--author', 'dora', '--last-active', '5', ...addresses, ...quiet),
      line('revert', 'RUN', '--format', 'markdown', '--emails', 'full'),
      line('revert', 'RUN', '--allow', 'loosens', '--require-evidence', '--ledger', '.postern'),
      line('revert', marks.apiKey.text.slice(0, 4)),
    ],
  },
  unlock: {
    lines: [
      ...formats(['unlock', '--yes'], 'text', 'json').map(each => ({ ...each, locked: true as const })),
      { argv: ['unlock'], answers: ['no'], locked: true },
      { argv: ['unlock', '--yes', '--force', '--ledger', '.postern', ...quiet], locked: true },
    ],
  },
  coverage: {
    before: applied,
    struck: ['coverage', 'policies', '--record'],
    lines: [
      ...formats(['coverage', 'policies', '--all'], ...reports, 'html', 'csv'),
      line('coverage', 'policies', '--format', 'markdown', '--emails', 'full'),
      line('coverage', 'policies', '--check', '--record', '--ledger', '.postern', ...addresses, ...quiet),
    ],
  },
  drift: {
    before: applied,
    struck: ['drift', 'policies'],
    lines: [
      ...formats(['drift', 'policies'], ...reports, 'html', 'slack'),
      line(
        'drift',
        'policies',
        '--since',
        '1d',
        '--kind',
        'IpAllowlist',
        '--fail-on',
        'conflict',
        '--last-active',
        '5',
      ),
      line('drift', 'policies', '--format', 'markdown', '--emails', 'full'),
      line('drift', 'policies', '--max-age', '30d', '--ledger', '.postern', ...quiet),
      line('drift', 'policies', '--full', '--verbose'),
      line('drift', 'policies', '--accept', ...addresses),
    ],
  },
  watch: {
    before: applied,
    struck: ['watch', 'policies', '--listen', '127.0.0.1:0', '--webhook', 'HOOK'],
    lines: [
      ...formats(['watch', 'policies', '--listen', '127.0.0.1:0', '--webhook', 'HOOK/takes'], 'text', 'json'),
      line(
        'watch',
        'policies',
        '--listen',
        '127.0.0.1:0',
        '--every',
        '1h',
        '--apply',
        'tightening',
        '--full',
        ...addresses,
        ...quiet,
      ),
      ...['echoes', 'redirects', 'breaks', 'fails'].map(path =>
        line(
          'watch',
          'policies',
          '--listen',
          '127.0.0.1:0',
          '--ledger',
          '.empty',
          '--webhook',
          `HOOK/${path}`,
          '--verbose',
        ),
      ),
    ],
  },
  explain: {
    struck: ['explain', 'owen.price@acme.com', '--policies', 'policies'],
    lines: [
      ...formats(['explain', 'owen.price@acme.com', '--policies', 'policies'], 'text', 'json', 'markdown'),
      line('explain', 'nobody@acme.com', '--ledger', '.postern', ...addresses, ...quiet),
    ],
  },
  audit: {
    before: applied,
    lines: [
      ...formats(['audit'], 'text', 'json', 'markdown'),
      { argv: ['audit', '--head', 'b'.repeat(64), '--ledger', '.postern', ...quiet], tells: 'audit/' },
    ],
  },
  observe: {
    struck: ['observe', 'members.csv', '--exported-at', '2026-11-24T08:00:00Z'],
    lines: [
      ...formats(
        ['observe', 'members.csv', 'accounts.csv', 'external-users.csv', '--exported-at', '2026-11-24T08:00:00Z'],
        'text',
        'json',
      ),
      {
        argv: ['observe', 'members.csv', '--policies', 'policies', '--ledger', '.postern', ...addresses, ...quiet],
        answers: ['y'],
      },
      { argv: ['observe', 'members.csv', '--exported-at', '2026-11-24T08:00:00Z', '--from-ledger'] },
    ],
  },
  attest: {
    lines: [
      ...formats(external, 'text', 'json'),
      { argv: [...external, '--from-ledger'] },
      {
        argv: ['attest', 'ExternalUserPolicy/external', '--all', ...addresses, '--ledger', '.postern', ...quiet],
        answers: ['none'],
      },
      {
        argv: [...external, '--policies', 'guarded', '--ledger', '.guarded', '--by', 'bob', '--code', 'WRONG'],
        tells: 'approval/wrong-code',
      },
      {
        argv: [...external, '--policies', 'guarded', '--ledger', '.guarded', '--by', 'bob', '--code', '-'],
        stdin: 'CODE',
      },
      {
        argv: [...external, '--policies', 'guarded', '--ledger', '.guarded', '--by', 'alice', '--code', '-'],
        ...secret,
      },
    ],
  },
  approve: {
    before: planned,
    lines: [
      { argv: [...approve, '--as', 'bob', '--code', 'WRONG', '--verbose'], tells: 'approval/wrong-code' },
      { argv: [...approve, '--as', 'bob', '--code', 'CODE', '--format', 'json', ...addresses] },
      { argv: [...approve, '--as', 'bob', '--code', 'LAST', '--verbose'], tells: 'approval/used-code' },
      { argv: [...approve, '--as', 'alice', '--format', 'text', ...quiet], answers: ['12 34', 'CODE'] },
      { argv: [...approve, '--as', 'alice', '--code', '-'], ...secret },
      { argv: [...approve, '--as', 'alice', '--code', marks.alice.text], tells: 'approval/bad-code' },
      // Secrets that cannot be used, and one that a command gives, or prints where nobody should look.
      ...[marks.apiKey.text, marks.alice.text.slice(0, 18), `${marks.alice.text}189`].map(text => ({
        argv: [...approve, '--as', 'alice', '--code', '000000', '--verbose'],
        env: { [alice]: text },
        tells: 'approval/bad-secret',
      })),
      ...['echo "$SEED" >&2; exit 3', 'echo " $SEED $SEED"', 'echo "$SEED"; kill -9 $$'].map(command => ({
        argv: [...approve, '--as', 'alice', '--code', '000000', '--verbose'],
        env: { [alice]: undefined, POSTERN_APPROVER_COMMAND: command, SEED: marks.command.text },
        tells: 'approval/',
      })),
      { argv: ['approve', '--enrol', '--as', 'alice', 'guarded'], shows: 'enrolment' },
      { argv: ['approve', '--enrol', '--as', 'nobody', '--from-ledger'] },
      {
        argv: ['approve', '--enrol', '--as', 'alice', 'guarded'],
        columns: 100,
        answers: ['ENROLLED'],
        shows: 'enrolment',
      },
      {
        argv: ['approve', '--enrol', '--as', 'alice', 'guarded', '--output', 'secret.txt'],
        tells: 'approval/enrol-place',
      },
    ],
  },
  ...beginTrials,
  simulate: {
    lines: [
      line('simulate', '--port', '0', '--api-key', 'no-secret', '--scenario', 'acme', '--audit', 'none', ...quiet),
      line('simulate', '--seed', '7', '--accounts', '80', '--format', 'text', '--verbose'),
    ],
  },
  schema: { lines: [...formats(['schema'], 'text'), line('schema', ...quiet)] },
}
