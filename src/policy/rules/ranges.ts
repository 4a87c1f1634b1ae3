import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { isRange } from '../../kinds/address-range.ts'
import type { Draft, Rule } from './rule.ts'

/** Addresses of allowlists and of the runner are addresses, or ranges of them. */
export const ranges: Rule = ({ organization, IpAllowlist }) => [
  ...IpAllowlist.flatMap(allowlist => refused(allowlist, allowlist.spec.ranges ?? [], ['ranges'])),
  ...(organization === undefined
    ? []
    : refused(organization, organization.spec.runner?.addresses ?? [], ['runner', 'addresses'])),
]

const refused = (
  { locate }: Pick<Draft, 'locate'>,
  values: readonly string[],
  path: readonly string[],
): readonly Diagnostic[] =>
  values.flatMap((value, index) =>
    isRange(value) ? [] : [diagnostic('policy/bad-range', { value }, { span: locate([...path, index]) })],
  )
