import { styleText } from 'node:util'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { enrol as makeSecret } from '../../operations/enrol.ts'
import { enrolledText, enrolText, pipedText } from '../../render/enrol-text.ts'
import { declared, type DeclaredOptions } from '../declared.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'
import { inCi } from '../settings.ts'

const tries = 3

/** `postern approve --enrol --as NAME [DIR]`. At a terminal it shows the secret and proves it; into a pipe goes the one line that a secret store takes. */
export async function enrol(
  session: Session,
  given: string | undefined,
  flags: DeclaredOptions & { readonly as: string },
): Promise<ExitCode> {
  const { world } = session
  const where = placeProblem(session)
  if (where !== undefined) return session.fail([diagnostic('approval/enrol-place', { where })])
  const approver = flags.as
  const { result, pointed } = await declared(session, { ...flags, ...(given !== undefined && { policies: given }) })
  if (!result.ok) return session.fail(result.diagnostics, pointed)
  const organization = result.value.organization.spec
  const made = await makeSecret(approver, organization, world.randomBytes)
  if (!made.ok) return session.fail(made.diagnostics)
  const { secret, uri, line, proves } = made.value
  if (!world.stdout.isTerminal || world.ask === undefined) {
    world.stdout.write(`${line}\n`)
    if (session.options.quiet !== true) world.stderr.write(pipedText(approver, session.err))
    return exitCodes.clean
  }
  const qr = await qrOf(session, uri)
  world.stdout.write(enrolText({ approver, organization: organization.name, secret, uri, qr }, session.out))
  for (let asked = 0; asked < tries; asked++) {
    const answer = (await world.ask('The code that the app shows now: '))?.trim() ?? ''
    if (answer === '') break
    if (proves(answer, world.now())) {
      world.stdout.write(enrolledText(line, approver, session.out))
      return exitCodes.clean
    }
    world.stderr.write('That is not the code of this secret now. Is the clock of the phone right?\n')
  }
  return session.fail([diagnostic('approval/not-proven', { approver })])
}

/** Where a secret must not be written: a log, a file that others may read, a report. */
function placeProblem(session: Session): 'ci' | 'file' | 'json' | undefined {
  if (inCi(session)) return 'ci'
  if (session.options.output !== undefined) return 'file'
  return session.options.format === 'json' ? 'json' : undefined
}

/** The QR code, where the terminal is wide enough. Black on white whatever the colours of the terminal are: not every camera reads the reverse. */
async function qrOf({ world, out }: Session, uri: string): Promise<string | undefined> {
  const { renderUnicodeCompact } = await import('uqr')
  const lines = renderUnicodeCompact(uri, { border: 2 }).split('\n')
  if (lines.some(line => line.length > (world.stdout.columns ?? 80))) return undefined
  const colours = out.bold('x') !== 'x'
  return lines
    .map(line => (colours ? styleText(['whiteBright', 'bgBlack'], line, { validateStream: false }) : line))
    .join('\n')
}
