import { marks } from './marks.ts'
import { addresses, formats, line, quiet, type Trial } from './trial.ts'

/** The commands that begin: they take the key at the terminal, and write files that people commit. */
export const beginTrials: Readonly<Record<string, Trial>> = {
  init: {
    struck: ['init', 'begun', '--ci', 'github'],
    lines: [
      {
        argv: ['init', 'typed', '--verbose'],
        env: { POSTERN_API_KEY: undefined },
        answers: [marks.apiKey.text, 'gitlab', '', 'y'],
        columns: 80,
      },
      { argv: ['init', 'stopped'], env: { POSTERN_API_KEY: undefined }, answers: [marks.apiKey.text] },
      {
        argv: ['init', 'stopped', '--organization', marks.apiKey.text.slice(0, 4), '--format', 'text'],
        tells: 'init/key',
      },
      line('init', 'exported', '--export', 'members.csv', '--exported-at', '2026-11-24T08:00:00Z', ...quiet),
      line('init', 'given', '--ci', 'bitbucket', '--editor', 'none', '--yes', '--ledger', '.postern', ...addresses),
    ],
  },
  import: {
    struck: ['import', 'policies', '--dry-run'],
    lines: [
      ...formats(['import', 'policies', '--dry-run'], 'text', 'json', 'markdown'),
      line('import', 'taken', '--export', 'members.csv', '--exported-at', '2026-11-24T08:00:00Z', ...quiet),
      line('import', 'taken', '--complete', '--only', 'IpAllowlist', '--ledger', '.postern', ...addresses),
      {
        argv: ['import', 'other', '--organization', marks.apiKey.text.slice(0, 4), '--verbose'],
        tells: 'import/which-organization',
      },
    ],
  },
  completion: { lines: [...formats(['completion', 'bash'], 'text'), line('completion', 'fish', ...quiet)] },
  doctor: {
    struck: ['doctor', 'policies'],
    lines: [
      ...formats(['doctor', 'policies'], 'text', 'json', 'markdown'),
      line('doctor', 'policies', '--for', 'plan', '--for', 'apply', ...addresses, '--ledger', '.postern', ...quiet),
      { argv: ['doctor', 'nowhere', '--verbose'], columns: 60 },
      ...[marks.apiKey.text, marks.alice.text.slice(0, 18)].map(text => ({
        argv: ['doctor', 'guarded', '--ledger', '.guarded', '--verbose'],
        env: { POSTERN_APPROVER_ALICE: text },
        tells: 'POSTERN_APPROVER_ALICE',
      })),
    ],
  },
}
