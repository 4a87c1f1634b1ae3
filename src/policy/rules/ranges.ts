import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { covers, isEverybody, isRange } from '../../kinds/address-range.ts'
import type { Draft, Rule } from './rule.ts'

/** Addresses of allowlists and of the runner are addresses, or ranges of them, and an allowlist lets the runner in and not everybody. */
export const ranges: Rule = ({ organization, IpAllowlist }) => {
  const runner = organization?.spec.runner?.addresses ?? []
  return [
    ...IpAllowlist.flatMap(allowlist => [
      ...refused(allowlist, allowlist.spec.ranges ?? [], ['ranges']),
      ...doubtful(allowlist, runner.filter(isRange)),
    ]),
    ...(organization === undefined ? [] : refused(organization, runner, ['runner', 'addresses'])),
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

function doubtful({ spec, address, locate }: Draft<'IpAllowlist'>, runner: readonly string[]): readonly Diagnostic[] {
  const values = spec.ranges ?? []
  // A range that was refused may have been the one that lets the runner in.
  const judged = spec.enabled !== false && values.length > 0 && values.every(isRange)
  return [
    ...values.flatMap((value, index) =>
      isEverybody(value) ? [diagnostic('policy/range-everybody', { value }, { span: locate(['ranges', index]) })] : [],
    ),
    ...runner
      .filter(own => judged && !values.some(value => covers(value, own)))
      .map(own => {
        const facts = { address: own, allowlist: address.name }
        return diagnostic('policy/runner-outside-allowlist', facts, { span: locate(['ranges']) })
      }),
  ]
}
