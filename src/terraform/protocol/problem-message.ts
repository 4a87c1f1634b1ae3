import type { Problem } from '../contract.ts'
import type { ValuePath } from '../../blocks/value.ts'
import { printable, wellFormed } from './wire-text.ts'

const severities = { error: 1, warning: 2 } as const

/** A problem as the message `Diagnostic`. */
export const problemMessage = ({ severity, summary, detail, path }: Problem): object => ({
  severity: severities[severity],
  summary: printable(summary),
  ...(detail !== undefined && { detail: printable(detail) }),
  ...(path !== undefined && path.length > 0 && { attribute: pathMessage(shownPart(path)) }),
})

/** Terraform shows the line of an attribute or of one item of it; of what lies deeper only that of the whole block (seen with 1.11). */
const shownPart = (path: ValuePath): ValuePath =>
  path.slice(0, path[1] !== undefined && !('attribute' in path[1]) ? 2 : 1)

/** A path as the message `AttributePath`. */
export const pathMessage = (path: ValuePath): object => ({
  steps: path.map(step =>
    'attribute' in step
      ? { attributeName: step.attribute }
      : 'key' in step
        ? { elementKeyString: wellFormed(step.key) }
        : { elementKeyInt: step.index },
  ),
})
