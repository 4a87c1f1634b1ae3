/** What must not get into git: the ledger holds addresses of people, and so does a saved plan and what the console exports. */
const ignored = ['.postern/', 'exports/', 'plan.json', 'members.csv', 'accounts.csv', 'external-users.csv']

/** A `.gitignore` with those lines, below what it holds already; undefined where they are all there. `more`: other places of that sort. */
export function gitignoreWith(before: string | undefined, more: readonly string[] = []): string | undefined {
  const lines = new Set((before ?? '').split(/\r?\n/).map(line => line.trim()))
  const missing = [...ignored, ...more].filter(line => !lines.has(line) && !lines.has(line.replace(/^\/|\/$/g, '')))
  if (missing.length === 0) return undefined
  const gap = before === undefined || before === '' ? '' : before.endsWith('\n') ? `${before}\n` : `${before}\n\n`
  return `${gap}# Postern: these hold addresses of people\n${missing.join('\n')}\n`
}
