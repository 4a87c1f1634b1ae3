import { count, some } from '../../diagnostics/wording.ts'
import type { Approver } from '../../kinds/protections.ts'
import { foldEmail } from '../../model/account.ts'
import { grouped } from '../../model/grouped.ts'
import type { RunInput, Verdict } from './guard.ts'

/** Whether a plan has the approvals that something in it asks for. `--allow` does not stand for a person. */
export function approved(needed: number, because: string, input: RunInput): Verdict {
  const { approvedBy, protections, author, alsoBy = [] } = input
  const may = author === undefined ? [] : mayApprove(protections.approvals.approvers, [author, ...alsoBy])
  const given = may.filter(names => names.some(name => approvedBy.includes(name)))
  if (given.length >= needed) {
    const by = given.length === 0 ? 'no approval is asked for' : `approved by ${some(given.map(firstOf))}`
    return { status: 'passed', summary: `${because}; ${by}` }
  }
  const left = may.filter(names => !given.includes(names)).map(firstOf)
  const [first, ...others] = left
  const so = `${because}; that takes ${count(needed, 'approval')}, and ${count(given.length, 'is', 'are')} there`
  const refusal = whyNobody(needed - given.length, left, input)
  return {
    status: 'blocks',
    allow: 'never',
    summary: refusal === undefined ? so : `${so}: ${refusal.why}`,
    otherwise:
      refusal?.lift ??
      `\`postern approve PLAN --as ${first ?? ''}\`${others.length === 0 ? '' : `; ${others.slice(0, 5).join(', ')} may, too`}`,
  }
}

/** Why the approvals that are missing cannot be given, and what helps. */
function whyNobody(
  missing: number,
  left: readonly string[],
  { author, protections: { approvals } }: RunInput,
): { readonly why: string; readonly lift: string } | undefined {
  if (author === undefined)
    return {
      why: 'nobody knows who made the plan, and nobody may approve their own',
      lift: 'plan again with `--author LOGIN`',
    }
  if (left.length >= missing) return undefined
  const who =
    approvals.approvers.length === 0 ? 'no approvers are declared' : `only ${count(left.length, 'other approver')} may`
  return {
    why: `${who}; an approver counts once an apply has taken in the document that names them`,
    lift: 'declare more of them under `approvals.approvers` and apply that first, before a number asks for approvals (a new approver takes `--allow loosens`)',
  }
}

const firstOf = ([name = '']: readonly string[]): string => name

/** The names of each person who may approve: all but those who made the plan. */
function mayApprove(approvers: readonly Approver[], authors: readonly string[]): readonly (readonly string[])[] {
  const made = new Set(authors.map(foldEmail))
  const isAuthor = ({ name, email, logins }: Approver): boolean =>
    [name, email, ...logins].some(known => made.has(foldEmail(known)))
  return [...grouped(approvers, ({ email }) => foldEmail(email)).values()]
    .filter(person => !person.some(isAuthor))
    .map(person => person.map(({ name }) => name))
}
