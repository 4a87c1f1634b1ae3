import type { Output } from './world.ts'

const eraseLine = '\r\u001b[2K'

/** Shows one line that the next one replaces. */
export const showLine = (output: Output, text: string): void =>
  output.write(`${eraseLine}${text.slice(0, (output.columns ?? 80) - 1)}`)

/** Removes it. */
export const clearLine = (output: Output): void => output.write(eraseLine)
