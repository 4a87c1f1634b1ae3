// What ends a line, hides or turns text, or what YAML does not take: a comment must stay one, whatever a name in it holds.
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff]/gu

/** A comment of one line, with its sign. */
export function commentLine(text: string): string {
  const line = text.replace(unsafe, character => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).trimEnd()
  return line === '' ? '#' : `# ${line}`
}
