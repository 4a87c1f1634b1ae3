import { documentAttributes, memberAttributes } from '../../blocks/document-attributes.ts'
import type { DocumentValue } from '../../blocks/document-text.ts'
import { membershipDocuments, type RefusedPart } from '../../blocks/membership-values.ts'
import type { ValueObject, ValuePath } from '../../blocks/value.ts'
import { outcome, type Outcome } from '../../diagnostics/outcome.ts'
import { kindNames } from '../../kinds/index.ts'
import type { Desired, Resource } from '../../kinds/resource.ts'
import { formatAddress } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import { desiredBeside, resourcesOf } from '../../operations/desired-of.ts'
import { configurationFiles, type ConfigurationSource } from '../../operations/resources/configuration-files.ts'
import { todayOf, type Configured } from '../configured.ts'
import type { Problem } from '../contract.ts'
import { error, problemsOf, spotOf, type Pointing, type Spot } from '../problems.ts'
import { withoutUnknown } from './object-config.ts'

/** A membership block as the documents that it holds. */
export interface MembershipConfig {
  readonly documents: readonly DocumentValue[]
  readonly unknowns: readonly ValuePath[]
  readonly problems: readonly Problem[]
}

/** The documents of a membership block, and what of it is none. */
export function membershipConfig(config: ValueObject): MembershipConfig {
  const { documents, unknowns, refused } = membershipDocuments(config)
  return { documents, unknowns, problems: refused.map(refusedProblem) }
}

const refusals: Readonly<Record<RefusedPart['why'], readonly [summary: string, detail: string]>> = {
  'no-policy': ['this is no authentication policy', 'Give `document` of a `postern_authentication_policy`.'],
  'other-name': ['this policy has another name than its key', 'The key is the name of the policy.'],
  'has-members': ['members have no place in this text', 'Write them under `members`, beside `policy`.'],
}

const refusedProblem = ({ why, path }: RefusedPart): Problem => error(...refusals[why], path)

const fileOf = ({ kind, name }: DocumentValue): string => formatAddress({ kind, name })

/** Where the parts of its documents stand in the block. */
function spotFor({ kind, name }: DocumentValue): Spot {
  if (kind === 'CoverageRequirement')
    return spotOf(documentAttributes.CoverageRequirement, [{ attribute: 'coverage_requirements' }, { key: name }])
  if (kind === 'Exception') return spotOf(documentAttributes.Exception, [{ attribute: 'exceptions' }, { key: name }])
  const at = [{ attribute: 'policies' }, { key: name }]
  const members = spotOf(memberAttributes, [...at, { attribute: 'members' }])
  return path => (path[0] === 'members' ? members(path.slice(1)) : [...at, { attribute: 'policy' }])
}

/** The documents of a block with the Organization, checked as a folder with them would be. */
export interface MembershipChecked {
  readonly result: Outcome<Desired>
  readonly problems: readonly Problem[]
  readonly pointing: Pointing
}

/**
 * `others` are governed beside the block, as they were last applied: they take part in what is planned, and what they would be refused for is told where they stand.
 */
export function checkMembership(
  { documents, unknowns }: MembershipConfig,
  others: Readonly<Record<string, JsonObject>>,
  configured: Configured,
): MembershipChecked {
  const sources: readonly ConfigurationSource[] = [
    configured.organizationSource,
    ...documents.map(document => ({ file: fileOf(document), spec: document.spec })),
  ]
  const files = configurationFiles(sources)
  const pointing = { files, spots: new Map(documents.map(document => [fileOf(document), spotFor(document)])) }
  const checked = files.check(todayOf(configured))
  const problems = problemsOf(withoutUnknown(checked.diagnostics, unknowns), pointing)
  if (!checked.ok) return { result: checked, problems, pointing }
  const own = kindNames.flatMap((kind): readonly Resource[] => checked.value[kind])
  const desired = desiredBeside(checked.value.organization, [...resourcesOf(others), ...own])
  return { result: outcome(desired, checked.diagnostics), problems, pointing }
}
