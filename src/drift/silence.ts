import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Resource } from '../kinds/resource.ts'
import { foldEmail } from '../model/account.ts'
import type { DriftDifference } from '../model/drift.ts'

/** The differences with the exceptions that silence them, and what is wrong with the exceptions. */
export interface Silenced {
  readonly differences: readonly DriftDifference[]
  readonly diagnostics: readonly Diagnostic[]
}

/** An exception silences exactly one difference, until its day. Expired ones do not get this far: the documents are refused. */
export function silence(
  differences: readonly DriftDifference[],
  exceptions: readonly Resource<'Exception'>[],
): Silenced {
  const used = new Set<Resource<'Exception'>>()
  const silenced = differences.map(difference => {
    const exception = exceptions.find(({ spec }) => fits(spec.difference, difference))
    if (exception === undefined) return difference
    used.add(exception)
    const { name, owner, expires } = exception.spec
    return { ...difference, exception: { name, owner, expires } }
  })
  const unused = exceptions.filter(exception => exception.spec.difference !== undefined && !used.has(exception))
  return {
    differences: silenced,
    diagnostics: unused.map(({ spec, locate }) =>
      diagnostic('drift/exception-unused', { exception: spec.name }, { span: locate(['difference']) }),
    ),
  }
}

const fits = (
  wanted: Resource<'Exception'>['spec']['difference'],
  { kind, name, path, account }: DriftDifference,
): boolean =>
  wanted?.kind === kind &&
  wanted.name === name &&
  wanted.path === path &&
  (wanted.account === undefined
    ? account === undefined
    : account !== undefined && foldEmail(wanted.account) === foldEmail(account.email))
