/**
 * What was thrown, in a few words: the name of the error, and the lines and columns where. A message may quote what it failed on, and that may be a secret; of a stack only digits are told.
 */
export function bugOf(thrown: unknown): string {
  const name = thrown instanceof Error ? thrown.constructor.name : typeof thrown
  const stack = thrown instanceof Error && typeof thrown.stack === 'string' ? thrown.stack : ''
  const places = [...stack.matchAll(/^ {4}at .*:(\d{1,9}:\d{1,9})\)?$/gm)].slice(0, 4).map(([, place]) => place)
  return `${/^\w{1,40}$/.test(name) ? name : 'an error'}${places.length === 0 ? '' : ` at ${places.join(', ')}`}`
}
