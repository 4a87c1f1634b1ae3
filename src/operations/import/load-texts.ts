import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, type Outcome } from '../../diagnostics/outcome.ts'
import type { Desired } from '../../kinds/resource.ts'
import { maximumBytes } from '../../policy/decode-text.ts'
import { load } from '../../policy/load.ts'

/** Reads texts as the policy folder that they would be. */
export async function loadTexts(
  folder: string,
  texts: ReadonlyMap<string, string>,
  now: Date,
): Promise<Outcome<Desired>> {
  const encoder = new TextEncoder()
  const files = [...texts].map(([path, text]) => ({ path, bytes: encoder.encode(text) }))
  const large = files.filter(({ bytes }) => bytes.length > maximumBytes)
  if (large.length > 0)
    return failed(
      ...large.map(({ path, bytes }) =>
        diagnostic(
          'policy/too-large',
          { bytes: bytes.length, limit: maximumBytes },
          { span: { file: path, start: 0, end: 1 } },
        ),
      ),
    )
  return (await load({ folder, files, today: now.toISOString().slice(0, 10), places: 'kept' })).result
}
