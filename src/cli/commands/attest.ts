import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { outcome } from '../../diagnostics/outcome.ts'
import { formatAddress } from '../../model/address.ts'
import {
  attest as record,
  chooseObjects,
  questions,
  readStatement,
  type Question,
  type Resource,
  type Statement,
} from '../../operations/attest.ts'
import { secretOf } from '../../operations/approver-secrets.ts'
import { attestationRules, mayAttest } from '../../operations/attest-consent.ts'
import { attempt } from '../../operations/attempt.ts'
import { attestText } from '../../render/evidence-text.ts'
import { evidenceWords } from '../../render/evidence-words.ts'
import { codeOf } from '../ask-code.ts'
import { declared, type DeclaredOptions } from '../declared.ts'
import type { ExitCode } from '../exit-code.ts'
import { jsonText, type Session } from '../session.ts'
import { ledgerOf } from '../settings.ts'

export interface AttestFlags extends DeclaredOptions {
  readonly set: readonly string[]
  readonly by?: string
  readonly all?: boolean
  readonly code?: string
}

/** `postern attest [KIND/NAME]…` */
export async function attest(session: Session, addresses: readonly string[], flags: AttestFlags): Promise<ExitCode> {
  const { world } = session
  const { result, pointed } = await declared(session, flags)
  if (!result.ok) return session.fail(result.diagnostics, pointed)
  const ledger = ledgerOf(session, flags)
  if (!ledger.ok) return session.fail(ledger.diagnostics)
  session.tell(ledger.diagnostics)
  const by = flags.by === undefined ? authorOf(world.env) : flags.by.trim() || undefined
  if (by === undefined) return session.fail([diagnostic('evidence/no-author', {})])
  const chosen = chooseObjects(result.value, addresses)
  if (!chosen.ok) return session.fail(chosen.diagnostics)
  const consent = await consentOf(session, by, ledger.value, result.value.organization.spec)
  if (!consent.ok) return session.fail(consent.diagnostics)

  let statements: readonly Statement[]
  if (flags.set.length > 0) {
    const given = settingsOf(chosen.value, addresses, flags.set)
    if ('problem' in given) return session.fail([given.problem])
    statements = given.statements
  } else {
    if (world.ask === undefined) {
      const instead = `state each value with --set: postern attest ${addresses[0] ?? 'ExternalUserPolicy/external'} --set settings.apiTokens=block`
      return session.fail([diagnostic('evidence/needs-terminal', { command: 'postern attest', instead })])
    }
    const facts = await attempt(() => ledger.value.read('evidence'))
    if (!facts.ok) return session.fail(facts.diagnostics)
    const validity = { now: world.now(), expiresAfter: result.value.organization.spec.evidence?.expiresAfter ?? '90d' }
    // Who names an object is asked for all of it: what its document leaves out may be about to come in.
    const scope = addresses.length > 0 ? 'all' : 'managed'
    const asked = chosen.value.map(resource => ({
      resource,
      open: questions(resource, facts.value?.facts ?? [], validity, scope),
    }))
    statements = await interview(session, asked, flags.all === true)
  }
  const code = statements.length === 0 ? noCode : await consent.value(flags.code)
  if (!code.ok) return session.fail(code.diagnostics)
  const now = world.now()
  const recorded = await record({ desired: result.value, ledger: ledger.value, statements, by, now, code: code.value })
  if (!recorded.ok) return session.fail(recorded.diagnostics)
  const report = {
    formatVersion: '1.0' as const,
    at: now.toISOString(),
    by,
    facts: recorded.value.map(({ address, path, value }) => ({ ...address, path, value })),
    diagnostics: [],
  }
  return session.print(session.options.format === 'json' ? jsonText(report) : attestText(report, session.out))
}

const noCode = outcome(undefined, [])

/**
 * Where the documents demand a code: whether this person may attest, and how their code is asked for once everything is stated. Whoever may not is told so before the first question.
 */
async function consentOf(session: Session, by: string, ...where: Parameters<typeof attestationRules>) {
  const rules = await attestationRules(...where)
  if (!rules.ok) return rules
  if (!rules.value.attestations) return outcome(() => Promise.resolve(noCode), [])
  const may = mayAttest(by, rules.value)
  if (!may.ok) return may
  const secret = await secretOf(by, session.world)
  if (!secret.ok) return secret
  return outcome(async (given: string | undefined) => {
    const code = await codeOf(session, by, given)
    return code.ok ? outcome({ code: code.value, secret: secret.value }, []) : code
  }, [])
}

/** Who runs the command: the person at the CI system, else at the machine. */
const authorOf = (env: Session['world']['env']): string | undefined =>
  [
    env['GITHUB_ACTOR'],
    env['GITLAB_USER_LOGIN'],
    env['BITBUCKET_STEP_TRIGGERER_UUID'],
    env['USER'],
    env['LOGNAME'],
    env['USERNAME'],
  ].find(name => name !== undefined && name !== '')

function settingsOf(
  objects: readonly Resource[],
  addresses: readonly string[],
  set: readonly string[],
): { readonly statements: readonly Statement[] } | { readonly problem: ReturnType<typeof diagnostic> } {
  const [object] = objects
  if (object === undefined || addresses.length !== 1) {
    const problem = diagnostic('run/usage', {
      problem: '--set needs exactly one object: postern attest KIND/NAME --set PATH=VALUE',
      help: 'postern attest --help',
    })
    return { problem: problem }
  }
  const statements: Statement[] = []
  for (const argument of set) {
    const equals = argument.indexOf('=')
    if (equals < 1) return { problem: diagnostic('evidence/bad-setting', { argument }) }
    statements.push({
      address: formatAddress(object.address),
      path: argument.slice(0, equals).trim(),
      text: argument.slice(equals + 1),
    })
  }
  return { statements }
}

/** Asks setting by setting what the console shows. The desired value is never shown: it would only be repeated. */
async function interview(
  session: Session,
  objects: readonly { readonly resource: Resource; readonly open: readonly Question[] }[],
  all: boolean,
): Promise<readonly Statement[]> {
  const { world, err: style } = session
  const statements: Statement[] = []
  for (const { resource, open } of objects) {
    const asked = all ? open : open.filter(({ known }) => known.state !== 'known')
    if (asked.length === 0) continue
    world.stderr.write(
      `\n${style.bold(formatAddress(resource.address))}\nState what its page in the console shows. Enter leaves a setting out.\n`,
    )
    for (const question of asked) {
      const answer = await answerTo(session, resource, question)
      if (answer === undefined) return statements
      if (answer !== '') statements.push({ address: question.address, path: question.path, text: answer })
    }
  }
  return statements
}

/** One answer that the field can hold; empty for none, undefined where the person left. */
async function answerTo(
  session: Session,
  resource: Resource,
  { path, label, choices, known }: Question,
): Promise<string | undefined> {
  const { world, err: style } = session
  const before = known.state === 'unknown' ? 'not known' : `last seen: ${evidenceWords(known.evidence, world.now())}`
  for (;;) {
    const answer = await world.ask?.(
      `  ${label}${choices === undefined ? '' : style.dim(` [${choices.join(' | ')}]`)} ${style.dim(`(${before})`)}: `,
    )
    if (answer === undefined || answer.trim() === '') return answer?.trim()
    const read = readStatement(resource, path, answer)
    if (read.ok) return answer
    session.tell(read.diagnostics)
  }
}
