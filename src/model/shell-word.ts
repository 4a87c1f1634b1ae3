/** Text as one word of a command line: quoted where a shell would make more, or less, of it, or where it would begin like a flag. */
export const shellWord = (text: string): string =>
  /^(?!-)[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
