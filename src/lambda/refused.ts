import type { AwsFacts } from '../diagnostics/aws-codes.ts'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, type Outcome } from '../diagnostics/outcome.ts'

/** An operation of AWS that failed. */
export const refused = (facts: AwsFacts['aws/refused']): Outcome<never> => failed(diagnostic('aws/refused', facts))
