import { approvalRules, isApprovalGuard } from '../approvals/approval-rules.ts'
import { isCode } from '../approvals/check-code.ts'
import { authorsOf } from '../approvals/valid-approvals.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { organizationIn } from '../kinds/organization-in.ts'
import type { Protections } from '../kinds/protections.ts'
import type { Ledger } from '../ledger/contract.ts'
import type { Approval } from '../model/approval.ts'
import type { GuardResult, SavedPlan } from '../model/plan.ts'
import type { ApprovalRule } from '../model/reports.ts'
import { nearest } from '../policy/nearest.ts'
import { approvalsOf } from './approvals-of.ts'
import { secretOf, type SecretSource } from './approver-secrets.ts'
import { attempt } from './attempt.ts'
import { claimLedger, refuseForeign } from './claim-ledger.ts'
import { guardsNow, protectionsIn } from './guard-plan.ts'
import { takeCodes, type GivenCode } from './take-codes.ts'

/** A plan that somebody is asked to approve, and where approvals are kept. */
export interface ApprovalRequest {
  readonly plan: SavedPlan
  readonly ledger: Ledger
  readonly now: Date
}

/** How a plan stands with those who may approve it. */
export interface Standing {
  /** The rules that hold for it. None: it needs no approval. */
  readonly rules: readonly ApprovalRule[]
  /** The guards that ask for approvals: what they say is why it needs them. */
  readonly guards: readonly GuardResult[]
  readonly approvedBy: readonly string[]
}

/** Whether these people may approve a plan now, and what it needs. Asked before a code is: who may not is told so without one. */
export async function mayApprove(approvers: readonly string[], request: ApprovalRequest): Promise<Outcome<Standing>> {
  const judged = await judge(approvers, request)
  return judged.ok ? outcome(judged.value.standing, []) : judged
}

async function judge(approvers: readonly string[], request: ApprovalRequest) {
  const read = await attempt(() => standingOf(request))
  if (!read.ok) return read
  const refusals = [
    ...planRefusals(request, read.value.standing.rules.length > 0),
    ...approvers.flatMap(name => approverRefusals(name, request.plan, read.value.protections.approvals)),
  ]
  return outcome(read.value, refusals)
}

async function standingOf({ plan, ledger, now }: ApprovalRequest) {
  await refuseForeign(ledger, plan.organization.id)
  const { lastApplied, approvedBy } = await approvalsOf(ledger, plan, now)
  const protections = protectionsIn(lastApplied, plan.desired.documents)
  const judgedWith = (names: readonly string[]) => guardsNow(plan, { lastApplied, now, approvedBy: names, allow: [] })
  const asking = judgedWith([]).filter(isApprovalGuard)
  const codes = asking.map(({ code }) => code)
  const rules = approvalRules(asking, protections.approvals, approvedBy)
  const guards = judgedWith(approvedBy).filter(({ code }) => codes.includes(code))
  return { standing: { rules, guards, approvedBy }, protections }
}

function planRefusals({ plan: { validUntil, author }, now }: ApprovalRequest, needed: boolean): readonly Diagnostic[] {
  return [
    // A time that cannot be read has passed.
    ...(now.getTime() <= Date.parse(validUntil) ? [] : [diagnostic('approval/plan-expired', { validUntil })]),
    ...(author === undefined && needed ? [diagnostic('approval/unknown-author', {})] : []),
  ]
}

function approverRefusals(
  approver: string,
  { author, alsoBy = [], desired }: SavedPlan,
  { approvers }: Protections['approvals'],
): readonly Diagnostic[] {
  const found = approvers.find(({ name }) => name === approver)
  if (found === undefined) {
    const proposed = organizationIn(desired.documents)?.approvals?.approvers ?? []
    return [
      notListed(
        approver,
        approvers,
        proposed.some(({ name }) => name === approver),
      ),
    ]
  }
  return author !== undefined && authorsOf([author, ...alsoBy], approvers).includes(found)
    ? [diagnostic('approval/author', { approver, author })]
    : []
}

/** Who is no approver, and who is. */
export function notListed(
  approver: string,
  approvers: Protections['approvals']['approvers'],
  proposed: boolean,
): Diagnostic<'approval/not-listed'> {
  const listed = approvers.map(({ name }) => name).sort()
  const near = proposed ? undefined : nearest(approver, listed)
  return diagnostic('approval/not-listed', { approver, listed, proposed, ...(near !== undefined && { near }) })
}

/** What was recorded, and how the plan stands then. */
export interface Approved extends Standing {
  readonly approvals: readonly Approval[]
}

/** Records the approval of those whose code is right, if they may approve. Nothing is recorded where the plan needs no approval. */
export async function approve(given: readonly GivenCode[], request: ApprovalRequest): Promise<Outcome<Approved>> {
  const { plan, ledger, now } = request
  const judged = await judge(
    given.map(({ approver }) => approver),
    request,
  )
  if (!judged.ok) return judged
  const { standing, protections } = judged.value
  if (standing.rules.length === 0)
    return outcome({ ...standing, approvals: [] }, [diagnostic('approval/not-needed', {})])
  const claimed = await attempt(() => claimLedger(ledger, plan.organization))
  if (!claimed.ok) return claimed
  const [at, expiresAt] = [now.toISOString(), later(now, protections.approvals.minutes)]
  const taken = await takeCodes(ledger, given, now, approver => ({ digest: plan.digest, approver, at, expiresAt }))
  if (!taken.ok) return taken
  const after = await attempt(() => standingOf(request))
  return after.ok ? outcome({ ...after.value.standing, approvals: taken.value }, []) : after
}

const later = (now: Date, minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString()

/** Approves in one go with the codes of `--otp NAME:CODE`. All must be right; those that are count even where another is not. */
export async function approveWithCodes(
  otps: readonly string[],
  { secrets, ...request }: ApprovalRequest & { readonly secrets: SecretSource },
): Promise<Outcome<readonly Approval[]>> {
  const parsed = readOtps(otps)
  if (!parsed.ok) return parsed
  const may = await mayApprove(
    parsed.value.map(({ approver }) => approver),
    request,
  )
  if (!may.ok) return may
  if (may.value.rules.length === 0) return outcome([], [diagnostic('approval/not-needed', {})])
  const given = await Promise.all(
    parsed.value.map(async ({ approver, code }) => ({ approver, code, secret: await secretOf(approver, secrets) })),
  )
  const missing = given.flatMap(({ secret }) => secret.diagnostics)
  if (missing.length > 0) return failed(...missing)
  const approved = await approve(
    given.flatMap(({ secret, ...rest }) => (secret.ok ? [{ ...rest, secret: secret.value }] : [])),
    request,
  )
  return approved.ok ? outcome(approved.value.approvals, approved.diagnostics) : approved
}

function readOtps(otps: readonly string[]): Outcome<readonly { readonly approver: string; readonly code: string }[]> {
  const diagnostics: Diagnostic[] = []
  const seen = new Set<string>()
  const given = otps.map((text, index) => {
    const colon = text.indexOf(':')
    const [approver, code] = [text.slice(0, Math.max(0, colon)).trim(), text.slice(colon + 1).trim()]
    // What was typed is not repeated: it may hold a code, or a secret by mistake.
    if (approver === '' || !isCode(code)) diagnostics.push(diagnostic('approval/bad-otp', { place: index + 1 }))
    else if (seen.has(approver)) diagnostics.push(diagnostic('approval/twice', { approver }))
    seen.add(approver)
    return { approver, code }
  })
  return outcome(given, diagnostics)
}
