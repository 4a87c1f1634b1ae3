import type { Provider } from '../contract.ts'
import type { ValuePath } from '../../blocks/value.ts'
import { printable } from './wire-text.ts'
import { decodeMessage, encodeMessage } from './messages.ts'
import { problemMessage } from './problem-message.ts'
import type { ProviderCall } from './provider-calls.ts'
import type { Requests } from './requests.ts'
import { bugOf } from './bug.ts'
import { isWireFault, type WireFault } from './wire-fault.ts'

/**
 * The bytes of the answer to a call. It always answers: what means nothing, and what is thrown, becomes one error that Terraform shows.
 */
export async function answer(
  name: string,
  call: ProviderCall,
  provider: Promise<Provider>,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  let request: Requests[keyof Requests] | undefined
  try {
    request = decodeMessage(call.request, bytes)
    return encodeMessage(call.response, await call.answer(await provider, request))
  } catch (thrown) {
    return encodeMessage(call.response, {
      ...(request === undefined ? {} : call.otherwise?.(request)),
      // The answer to an interruption has a text in its place.
      ...(call.response === 'StopProviderResponse'
        ? { error: 'the provider cannot stop' }
        : { diagnostics: [problemMessage(problemOf(name, request !== undefined, thrown))] }),
    })
  }
}

function problemOf(name: string, understood: boolean, thrown: unknown) {
  const severity = 'error' as const
  if (!understood)
    return {
      severity,
      summary: 'Terraform sent a message that the provider cannot read',
      detail: `The call was ${name}.`,
    }
  if (isWireFault(thrown))
    return {
      severity,
      summary: 'Terraform sent a value that the provider cannot read',
      detail: `In ${name}, ${told(thrown)}.`,
      path: thrown.path,
    }
  return {
    severity,
    summary: 'This is a bug in the postern provider',
    detail: `${name} failed with ${bugOf(thrown)}. Please report it with this text and the version of the provider. Nothing in the configuration is known to be wrong.`,
  }
}

const told = ({ message, path }: WireFault): string =>
  `${path.length === 0 ? 'it' : textOf(path)} ${printable(message)}`

const textOf = (path: ValuePath): string =>
  path
    .map((step, at) =>
      'attribute' in step
        ? `${at === 0 ? '' : '.'}${step.attribute}`
        : `[${'key' in step ? JSON.stringify(step.key) : step.index}]`,
    )
    .join('')
