import type { ReadDocuments } from '../index.ts'
import type { IConstruct } from './cdktf.ts'

/** Everything that is wrong with documents, each as the command line prints it, under a line that names the construct. */
export function refusal(
  construct: IConstruct,
  from: { readonly folder: string } | { readonly documents: readonly unknown[] },
  { shown, diagnostics }: ReadDocuments,
): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const place = 'folder' in from ? `the policy folder ${JSON.stringify(from.folder)}` : 'the documents'
  const head = `${construct.node.path}: ${errors} ${errors === 1 ? 'error' : 'errors'} in ${place}`
  return [head, '', ...shown].join('\n').trimEnd()
}
