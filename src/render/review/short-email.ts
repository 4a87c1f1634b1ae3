// What cannot be part of a local name that is not quoted. An apostrophe can: o'brien@acme.com.
const breaks = /[\s<>()[\],;:"“”‘’„`\u0000-\u001f]/u

// What stands for a person in a snapshot tells nothing of them, and is of use only whole.
const standIn = /^[0-9a-f]{16}$/

const letter = /[\p{L}\p{N}]/u

const begins = /^[\p{L}\p{N}[]/u

/** Every address in a text as `a…@partner.example`: the first letter and the domain. What stands for a person in a snapshot stays. The time it takes grows with the length only. */
export function shortEmails(text: string): string {
  let shown = ''
  let done = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', done)) {
    const part = text.slice(done, at)
    shown += `${begins.test(text.slice(at + 1, at + 3)) ? withShortEnd(part) : part}@`
    done = at + 1
  }
  return shown + text.slice(done)
}

/** What stands before an `@`, with the local name at its end cut to its first letter. */
function withShortEnd(part: string): string {
  const name = nameAtEnd(part)
  if (name === '' || standIn.test(name)) return part
  const [first = ''] = letter.exec(name) ?? name
  return `${part.slice(0, part.length - name.length)}${first}…`
}

function nameAtEnd(part: string): string {
  if (part.endsWith('"')) return part.slice(Math.max(0, part.lastIndexOf('"', part.length - 2)))
  const name = part.split(breaks).at(-1) ?? ''
  if (name !== '') return name
  // Some of what sets addresses apart may be part of one.
  const word = part.split(/\s/).at(-1) ?? ''
  return letter.test(word) ? word : ''
}
