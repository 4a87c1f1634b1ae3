/** Names are compared as they are, so these are the ones that reading a document gives back as they were and that one line shows. */
const unheld = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u

/** Whether a document can hold a name of the organization: 1 to 255 characters, no blanks at the ends, nothing that breaks a line or shows as nothing. */
export const canBeName = (name: string): boolean =>
  /^\S(?:.*\S)?$/u.test(name) && !unheld.test(name) && Array.from(name).length <= 255

/**
 * Of the names that live objects have, by id, those that a document can have as well: it can hold them, and no other object has the same. Only such a name can
 * ever be called for by a document, so only such a name is compared.
 */
export function distinctNames(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const bearers = new Map<string, number>()
  for (const name of names.values()) bearers.set(name, (bearers.get(name) ?? 0) + 1)
  return new Map([...names].filter(([, name]) => bearers.get(name) === 1 && canBeName(name)))
}
