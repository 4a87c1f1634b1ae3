import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { conflict, type Draft, type Rule } from './rule.ts'

/** An exception is for exactly one thing, and ends. */
export const exceptions: Rule = ({ Exception, today }) =>
  Exception.flatMap(exception => {
    const { spec, locate } = exception
    const { expires, owner = 'its owner' } = spec
    // It counts until the end of its day, UTC.
    const ended = expires !== undefined && expires < today
    return [
      ...target(exception),
      ...(ended ? [diagnostic('policy/exception-expired', { expires, owner }, { span: locate(['expires']) })] : []),
    ]
  })

function target({ wrote, locate }: Draft<'Exception'>): readonly Diagnostic[] {
  const refuse = (given: 'none' | 'account', path: readonly string[]) => [
    diagnostic('policy/exception-target', { given }, { span: locate(path) }),
  ]
  const given = ['requirement', 'difference'].filter(member => wrote([member]))
  if (given.length === 2) {
    const places = given.map(member => ({ span: locate([member]), summary: `\`${member}\` stands here` }))
    return [conflict('policy/exception-target', { given: 'both' }, places)]
  }
  if (given.length === 0) return refuse('none', [])
  return given.includes('requirement') && !wrote(['account']) ? refuse('account', ['requirement']) : []
}
