/** Throws where what was measured did not do the work that it should have done. */
export function expectEqual(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${what}: ${found}, but should be ${expected}`)
}
