import type { Ledger, SectionName, Sections } from '../ledger/contract.ts'

/** A ledger whose sections are read once: what is made of them twice is made of the same. */
export function readOnce(ledger: Ledger): Ledger {
  const read = new Map<SectionName, Promise<unknown>>()
  return {
    ...ledger,
    read: <Name extends SectionName>(name: Name) => {
      const known = read.get(name) ?? ledger.read(name)
      read.set(name, known)
      return known as Promise<Sections[Name] | undefined>
    },
  }
}
