import { forTerminal } from './harmless.ts'
import { fitted, paragraph, type Style } from './style.ts'

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
    ...fitted(
      [style.bold(`Enrol ${forTerminal(approver)} to approve changes of ${forTerminal(organization)}`)],
      style.width,
    ),
    '',
    ...(qr === undefined ? [] : [qr, '']),
    ...fitted(
      [
        `${qr === undefined ? 'Give' : 'Scan it with an authenticator app, or give'} the app this key: ${secret.replace(/.{4}(?=.)/g, '$& ')}`,
      ],
      style.width,
    ),
    uri,
    '',
  ].join('\n')

/** Where the secret belongs, once the app is proven to work. */
export const enrolledText = (line: string, approver: string, style: Style): string =>
  [
    style.green('The app works.'),
    ...paragraph(
      'Put this into the secret store of your CI system, for the protected environment that applies and approves:',
      style.width,
    ),
    '',
    `  ${line}`,
    '',
    ...whoReads(approver, style),
    '',
  ].join('\n')

/** What is told beside a secret that goes into a pipe. Without the secret. */
export const pipedText = (approver: string, style: Style): string =>
  [
    ...paragraph(
      `The line on standard output holds a new secret of ${forTerminal(approver)}: for a secret store, and for the authenticator app.`,
      style.width,
    ),
    ...whoReads(approver, style),
    '',
  ].join('\n')

const whoReads = (approver: string, { width }: Style): readonly string[] => [
  ...paragraph(
    'It is shown once and kept nowhere else: not in the ledger, not in a log. Clear the screen when it is stored.',
    width,
  ),
  ...paragraph(`Whoever can read it can approve as ${forTerminal(approver)}.`, width),
]
