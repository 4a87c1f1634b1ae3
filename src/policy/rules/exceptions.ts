import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Rule } from './rule.ts'

/** An exception is for exactly one thing, and ends. */
export const exceptions: Rule = ({ Exception, today }) =>
  Exception.flatMap(({ spec, locate }): readonly Diagnostic[] => {
    const { requirement, difference, account, expires, owner } = spec
    const given =
      requirement !== undefined && difference !== undefined
        ? 'both'
        : requirement !== undefined
          ? account === undefined
            ? 'account'
            : undefined
          : difference === undefined
            ? 'none'
            : undefined
    const place = given === 'both' ? ['difference'] : given === 'account' ? ['requirement'] : []
    return [
      ...(given === undefined ? [] : [diagnostic('policy/exception-target', { given }, { span: locate(place) })]),
      // It counts until the end of its day, UTC.
      ...(expires < today
        ? [diagnostic('policy/exception-expired', { expires, owner }, { span: locate(['expires']) })]
        : []),
    ]
  })
