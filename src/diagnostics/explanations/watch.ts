import type { WatchFacts } from '../watch-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const watchExplanations: ExplanationsOf<WatchFacts> = {
  'watch/webhook-failed': {
    means:
      'A report could not be delivered to the address of `--webhook`. After no answer, 429 and 5xx it was tried again; every other answer is final, and redirects are not followed. What the check found is recorded all the same.',
    fix: 'Check the receiver with the answer in the message: 401 and 403 are usually the secret, 3xx another address. It must answer with 2xx within ten seconds.',
  },
  'watch/bad-webhook': {
    means:
      'The address of `--webhook` cannot be used, or `POSTERN_WEBHOOK_SECRET` is not set. Reports name people, so they go over https only, and they are signed so that the receiver can tell who wrote them.',
    fix: 'Give an https address without a name or a password in it, and set `POSTERN_WEBHOOK_SECRET` to what the receiver checks with. See [watch](watch.md).',
  },
  'watch/cannot-listen': {
    means:
      'The address of `--listen` is no HOST:PORT, is not one of this machine, or is taken. `/metrics`, `/healthz` and `/readyz` would be there.',
    fix: 'Use port 0 for a free port, and an address of this machine. Without `--listen` it is loopback.',
  },
}
