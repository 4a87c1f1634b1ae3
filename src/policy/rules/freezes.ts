import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { endOf, momentOf } from '../../kinds/freeze.ts'
import type { Rule } from './rule.ts'

/** A freeze begins and ends at times that there are, and in that order. */
export const freezes: Rule = ({ organization }) => {
  if (organization === undefined) return []
  const { spec, locate } = organization
  return (spec.freeze ?? []).flatMap((window: Partial<(typeof spec.freeze & object)[number]>, index) => {
    const { from, until } = window
    const unreal = (['from', 'until'] as const).flatMap((member): readonly Diagnostic[] => {
      const value = window[member]
      return value === undefined || momentOf(value) !== undefined
        ? []
        : [diagnostic('policy/no-such-time', { value }, { span: locate(['freeze', index, member]) })]
    })
    if (unreal.length > 0 || from === undefined || until === undefined) return unreal
    const [start, end] = [momentOf(from), endOf(until)]
    return start !== undefined && end !== undefined && end <= start
      ? [diagnostic('policy/freeze-ends-first', { from, until }, { span: locate(['freeze', index, 'until']) })]
      : []
  })
}
