import type { Severity } from '../model/diagnostic-document.ts'
import type { Address } from '../model/address.ts'
import type { Span } from '../model/span.ts'
import { severities, type Code, type Facts } from './catalogue.ts'

/** Another place that takes part in the same problem. */
export interface Related {
  readonly span: Span
  readonly summary: string
}

/** Something noticed: facts, and where. Its words are in the catalogue. */
export interface Diagnostic<C extends Code = Code> {
  readonly code: C
  readonly severity: Severity
  readonly facts: Facts[C]
  readonly span?: Span
  readonly address?: Address
  readonly related?: readonly Related[]
}

/** Where a diagnostic points; all optional, since some problems are nowhere in the documents. */
export interface Place {
  readonly span?: Span | undefined
  readonly address?: Address | undefined
  readonly related?: readonly Related[] | undefined
}

/** Builds a diagnostic with the severity its code has in the catalogue. */
export function diagnostic<C extends Code>(code: C, facts: Facts[C], place: Place = {}): Diagnostic<C> {
  const { span, address, related } = place
  return {
    code,
    severity: (severities as Readonly<Partial<Record<Code, Severity>>>)[code] ?? 'error',
    facts,
    ...(span && { span }),
    ...(address && { address }),
    ...(related !== undefined && related.length > 0 && { related }),
  }
}

export const isError = ({ severity }: { readonly severity: Severity }): boolean => severity === 'error'
