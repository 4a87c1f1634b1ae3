import type { Line } from './trial.ts'
import { marks } from './marks.ts'

/** Secrets in places where they do not belong, and faults of the surroundings. */
export const misplaced: readonly Line[] = [
  {
    argv: ['plan', 'policies', '--api-url', `https://me:${marks.apiKey.text}@api.atlassian.com`],
    tells: 'org/bad-url',
  },
  {
    argv: ['plan', 'policies', '--console-url', `https://${marks.apiKey.text}@admin.atlassian.com`],
    tells: 'org/bad-url',
  },
  ...Object.values(marks).flatMap(({ text }) => [
    { argv: ['plan', 'policies', '--verbose'], env: { POSTERN_API_URL: text }, tells: 'org/bad-url' },
    { argv: ['plan', 'policies', '--format', 'json'], env: { POSTERN_CONSOLE_URL: text }, tells: 'org/bad-url' },
    { argv: ['watch', 'policies', '--webhook', text], tells: 'watch/bad-webhook' },
  ]),
  {
    argv: ['watch', 'policies', '--webhook', `https://me:${marks.webhook.text}@hooks.example/x`],
    tells: 'watch/bad-webhook',
  },
  {
    argv: ['watch', 'policies', '--webhook', `http://hooks.example/${marks.webhook.text}`],
    tells: 'watch/bad-webhook',
  },
  {
    argv: ['plan', 'policies'],
    env: { POSTERN_API_KEY: `${marks.apiKey.text} ${marks.apiKey.text}` },
    tells: 'org/bad-key',
  },
  { argv: ['plan', 'policies'], env: { POSTERN_API_KEY: `${marks.apiKey.text}\r\nx: y` }, tells: 'org/bad-key' },
  { argv: ['plan', 'policies'], env: { POSTERN_API_KEY: `ü${marks.apiKey.text}` }, tells: 'org/bad-key' },
  { argv: ['plan', 'policies', '--out', 'no/such/folder/plan.json'], tells: 'plan/' },
  { argv: ['plan', 'policies', '--output', 'no/such/folder/plan.txt'], tells: 'run/unwritable' },
  { argv: ['plan', 'policies', '--nonsense', '--format', 'json'], tells: 'run/usage' },
]
