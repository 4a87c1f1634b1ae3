/** Half of a surrogate pair is not UTF-8, and Terraform would refuse the whole answer. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd')

/**
 * Text that Terraform may print: it prints the words of a diagnostic as they are, and names in them come from the organization. What could act on a terminal is shown as a code point; line
 * breaks stay.
 */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, character =>
    character === '\n' ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
