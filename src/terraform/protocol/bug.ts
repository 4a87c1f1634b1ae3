/**
 * What was thrown, in a few words: the name of the error, and the places where. A message may quote what it failed on, and that may be a secret: nothing of it is told.
 */
export function bugOf(thrown: unknown): string {
  const { name, message, stack = '' } = thrown instanceof Error ? thrown : new Error()
  const header = `${name}: ${message}`
  // The message comes first, and a line of it may look like a place.
  const frames = stack.startsWith(header) ? stack.slice(header.length) : ''
  const places = [...frames.matchAll(/^ {4}at .*?([\w.-]{1,60}:\d{1,9}:\d{1,9})\)?$/gm)].map(([, place = '']) => place)
  return `${/^\w{1,40}$/.test(name) ? name : 'an error'}${places.length === 0 ? '' : ` at ${places.slice(0, 4).join(', ')}`}`
}
