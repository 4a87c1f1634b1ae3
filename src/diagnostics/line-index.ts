/** A place as people count: line and column from 1, in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Finds lines in a text. `\n`, `\r\n` and a lone `\r` end a line, as in YAML. */
export interface LineIndex {
  /** An offset beyond the end is taken for the end. */
  position(offset: number): Position
  /** The text of a line without its end. */
  line(number: number): string
}

export function lineIndex(text: string): LineIndex {
  const starts = [0]
  const ends: number[] = []
  for (const match of text.matchAll(/\r\n?|\n/g)) {
    ends.push(match.index)
    starts.push(match.index + match[0].length)
  }
  ends.push(text.length)
  return {
    position: beyond => {
      const offset = Math.min(beyond, text.length)
      let low = 0
      let high = starts.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((starts[middle] ?? 0) <= offset) low = middle
        else high = middle - 1
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
    },
    line: number => text.slice(starts[number - 1] ?? text.length, ends[number - 1]),
  }
}
