import { count } from '../diagnostics/wording.ts'
import type { GuardResult, Plan, Step } from '../model/plan.ts'
import type { ApprovalRule, ApproveReport } from '../model/reports.ts'
import { forTerminal } from './harmless.ts'
import type { PlanView } from './plan-text.ts'
import { stepLines } from './step-text.ts'
import { fitted, paragraph, type Style } from './style.ts'

/** How a plan stands with those who may approve it. */
export interface ApprovalView {
  readonly rules: readonly ApprovalRule[]
  /** Why it needs approvals. */
  readonly guards: readonly GuardResult[]
  readonly approvedBy: readonly string[]
}

/** What somebody is about to approve: which plan, why that takes approvals, and what it does. */
export function consideredText(plan: Plan, { rules, guards, approvedBy }: ApprovalView, view: PlanView): string {
  const { style } = view
  const steps = plan.steps.filter(({ action }) => action !== 'confirm')
  const [grave, others] = [steps.filter(isGrave), steps.filter(step => !isGrave(step))]
  const confirms = plan.steps.length - steps.length
  return [
    ...fitted(
      [
        `${style.bold(`To approve: the plan for ${forTerminal(plan.organization.name)}`)} ${style.dim(`(${plan.organization.id})`)}`,
        `  digest    ${forTerminal(plan.digest)}`,
        `  made      ${forTerminal(plan.createdAt)} by ${forTerminal(plan.author ?? 'nobody known')}${plan.commit === undefined ? '' : `, of commit ${forTerminal(plan.commit)}`}`,
        `  steps     ${count(steps.length, 'change')}${confirms === 0 ? '' : `, ${count(confirms, 'page')} to look at in the console`}`,
        `  approved  ${approvedBy.length === 0 ? 'by nobody yet' : `by ${approvedBy.map(forTerminal).join(', ')}`}; ${rules.map(ruleWords).join(', ')}`,
      ],
      style.width,
    ),
    '',
    style.bold('Why it needs approvals'),
    ...guards.flatMap(({ code, summary }) => paragraph(`${code}: ${forTerminal(summary)}`, style.width, '  ', '    ')),
    '',
    ...(grave.length === 0
      ? []
      : [
          style.red('Loosens or may loosen, or takes access'),
          '',
          ...grave.flatMap(step => [...stepLines(step, view), '']),
        ]),
    ...(others.length === 0
      ? []
      : view.verbose
        ? [style.bold('And'), '', ...others.flatMap(step => [...stepLines(step, view), ''])]
        : [
            `${style.bold('And')} ${style.dim('(--verbose shows what they change)')}`,
            ...fitted(others.map(stepWords), style.width),
            '',
          ]),
  ].join('\n')
}

const isGrave = ({ direction, action }: Step): boolean =>
  direction === 'loosens' || direction === 'unknown' || action === 'suspend'

const stepWords = ({ action, kind, name, accounts }: Step): string =>
  `  ${action} ${kind} “${forTerminal(name)}”${accounts === undefined ? '' : `, ${count(accounts.length, 'account')}`}`

const ruleWords = ({ rule, needed }: ApprovalRule): string => `\`${rule}\` asks for ${needed}`

/** What was recorded, what is still missing, and how to go on. */
export function approvedText(
  report: ApproveReport,
  { file, style }: { readonly file: string; readonly style: Style },
): string {
  const { approval, approvedBy, rules } = report
  const missing = rules.filter(rule => rule.missing > 0)
  const apply = `postern apply ${forTerminal(file)}`
  if (approval === undefined) return `This plan needs no approval. To carry it out: ${style.cyan(apply)}\n`
  return [
    ...fitted(
      [
        `${style.green('Approved')} by ${forTerminal(approval.approver)} until ${approval.expiresAt}`,
        `  this plan only: ${forTerminal(approval.digest)}`,
        `  approved by ${approvedBy.map(forTerminal).join(', ')}`,
        ...missing.map(({ rule, missing: more }) =>
          style.yellow(`  ${count(more, 'more approval')} ${more === 1 ? 'is' : 'are'} missing for \`${rule}\``),
        ),
      ],
      style.width,
    ),
    // A command stays whole: it is to be copied.
    ...(missing.length === 0 ? [`To carry it out: ${style.cyan(apply)}`] : []),
    '',
  ].join('\n')
}
