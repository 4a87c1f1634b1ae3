import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { covers, isEverybody, isRange } from '../../kinds/address-range.ts'
import type { Draft, Rule } from './rule.ts'

/** Addresses of allowlists and of the runner are addresses, or ranges of them, and an allowlist lets the runner in and not everybody. */
export const ranges: Rule = ({ organization, IpAllowlist }) => {
  const addresses = organization?.spec.runner?.addresses ?? []
  const runner = addresses.filter(isRange)
  return [
    ...IpAllowlist.flatMap(allowlist => {
      const bad = refused(allowlist, allowlist.spec.ranges ?? [], ['ranges'])
      // A range that was refused may have been the one that lets the runner in.
      return [...bad, ...everybody(allowlist), ...(bad.length === 0 ? withoutRunner(allowlist, runner) : [])]
    }),
    ...(organization === undefined ? [] : refused(organization, addresses, ['runner', 'addresses'])),
  ]
}

const refused = (
  { locate }: Pick<Draft, 'locate'>,
  values: readonly string[],
  path: readonly string[],
): readonly Diagnostic[] =>
  values.flatMap((value, index) =>
    isRange(value) ? [] : [diagnostic('policy/bad-range', { value }, { span: locate([...path, index]) })],
  )

const everybody = ({ spec: { ranges: values = [] }, locate }: Draft<'IpAllowlist'>): readonly Diagnostic[] =>
  values.flatMap((value, index) =>
    isEverybody(value) ? [diagnostic('policy/range-everybody', { value }, { span: locate(['ranges', index]) })] : [],
  )

function withoutRunner(
  { spec: { enabled, ranges: values = [] }, address, locate }: Draft<'IpAllowlist'>,
  runner: readonly string[],
): readonly Diagnostic[] {
  if (enabled === false || values.length === 0) return []
  return runner
    .filter(own => !values.some(value => covers(value, own)))
    .map(own => {
      const facts = { address: own, allowlist: address.name }
      return diagnostic('policy/runner-outside-allowlist', facts, { span: locate(['ranges']) })
    })
}
