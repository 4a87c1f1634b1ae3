import type { ValuePath } from '../../blocks/value.ts'

/** What came over the wire does not mean anything: the sender's fault, never a bug here. */
export interface WireFault extends Error {
  readonly path: ValuePath
}

const faults = new WeakSet()

/** An error to throw, with the place in the value that it is about. */
export function wireFault(message: string, path: ValuePath = []): WireFault {
  const fault = Object.assign(new Error(message), { path })
  faults.add(fault)
  return fault
}

export const isWireFault = (thrown: unknown): thrown is WireFault =>
  typeof thrown === 'object' && thrown !== null && faults.has(thrown)
