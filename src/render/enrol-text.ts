import { forTerminal } from './harmless.ts'
import type { Style } from './style.ts'

/** What an approver enrols with. It holds the secret: for a terminal only. */
export interface Enrolment {
  readonly approver: string
  readonly organization: string
  readonly secret: string
  readonly uri: string
  /** Absent where the terminal is too narrow for it. */
  readonly qr: string | undefined
}

/** What to put into the authenticator app. */
export const enrolText = ({ approver, organization, secret, uri, qr }: Enrolment, style: Style): string =>
  [
    style.bold(`Enrol ${forTerminal(approver)} to approve changes of ${forTerminal(organization)}`),
    '',
    ...(qr === undefined ? [] : [qr, '']),
    `${qr === undefined ? 'Give' : 'Scan it with an authenticator app, or give'} the app this key: ${secret.replace(/.{4}(?=.)/g, '$& ')}`,
    uri,
    '',
  ].join('\n')

/** Where the secret belongs, once the app is proven to work. */
export const enrolledText = (line: string, approver: string, style: Style): string =>
  [
    style.green('The app works.'),
    'Put this into the secret store of your CI system, for the protected environment that applies and approves:',
    '',
    `  ${line}`,
    '',
    ...whoReads(approver),
    '',
  ].join('\n')

/** What is told beside a secret that goes into a pipe. Without the secret. */
export const pipedText = (approver: string): string =>
  [
    `The line on standard output holds a new secret of ${forTerminal(approver)}: for a secret store, and for the authenticator app.`,
    ...whoReads(approver),
    '',
  ].join('\n')

const whoReads = (approver: string): readonly string[] => [
  'It is shown once and kept nowhere else: not in the ledger, not in a log. Clear the screen when it is stored.',
  `Whoever can read it can approve as ${forTerminal(approver)}.`,
]
