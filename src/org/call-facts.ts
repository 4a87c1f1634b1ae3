import type { CallFacts } from '../diagnostics/org-codes.ts'
import type { ApiCall, ApiResponse } from './send.ts'
import { vendorError } from './vendor-error.ts'

/** What a diagnostic says of a call and its answer. Neither query nor body nor any header but a trace id is in it. */
export function callFacts(call: ApiCall, response?: ApiResponse): CallFacts {
  const [path = ''] = call.path.split('?')
  const { operation } = call
  return {
    operation: operation.words,
    request: `${call.method} ${path}`,
    ...(response && { status: response.status, ...vendorError(response) }),
    ...(response && operation.effect === 'write' && { written: writtenBy(response) }),
    ...(operation.retired !== undefined && { retired: operation.retired }),
  }
}

/** Whether a write may have been carried out, judged by its answer: only a refusal says that it was not. */
export const writtenBy = ({ status, repeated }: ApiResponse): 'no' | 'maybe' =>
  status >= 400 && status < 500 && status !== 408 && repeated !== true ? 'no' : 'maybe'
