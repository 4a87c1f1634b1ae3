import { forgeError } from './forge-error.ts'

/** Throws where a text is longer than the forge takes: its own refusal can only be told from others by its words. */
export function fits(forge: string, operation: string, { length }: string, limit: number): void {
  if (length > limit) throw forgeError('forge/too-long', { forge, operation, length, limit })
}
