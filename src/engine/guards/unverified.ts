import { count, some } from '../../diagnostics/wording.ts'
import type { Guard } from './guard.ts'

/** With `--require-evidence`, nothing is applied while a setting has no current evidence. */
export const unverified: Guard = {
  code: 'unverified',
  liftable: true,
  judge({ unverified: fields, requireEvidence }) {
    if (fields.length === 0) return { status: 'passed', summary: 'every declared setting has current evidence' }
    const named = some(fields.map(({ kind, name, path }) => `${kind}/${name} ${path}`))
    const said = `${count(fields.length, 'declared setting')} without current evidence: ${named}`
    return requireEvidence
      ? {
          status: 'blocks',
          summary: said,
          otherwise: 'take in console exports with `postern observe` and state the rest with `postern attest`',
        }
      : { status: 'not-checked', summary: `${said}; \`--require-evidence\` stops for that` }
  },
}
