import { join } from 'node:path'
import type { DriftReport } from '../../src/model/drift.ts'
import type { Plan } from '../../src/model/plan.ts'
import { doneTwice } from './carried-out.ts'
import { damage } from './intact.ts'
import { organizationState, type OrganizationState } from './organization-state.ts'
import type { Prepared } from './prepare.ts'

/**
 * Looks at the organization, the ledger and, where it is to be thorough, at what plan and drift say of both once a story has ended. What is wrong, in words; none is as it must
 * be.
 */
export async function aftermath(
  { folder, started, command }: Prepared,
  end: OrganizationState | undefined,
  thorough = true,
): Promise<readonly string[]> {
  const { simulator } = started
  // What goes on by itself comes to its end.
  started.clock.time += 60_000
  const wrong: string[] = []
  if (end !== undefined) wrong.push(...differences(end, organizationState(simulator)))
  wrong.push(...doneTwice(simulator).map(what => `${what}: twice`))
  wrong.push(...(await damage(join(folder, '.postern'))))
  const audited = await command(['audit'])
  if (audited.code !== 0) wrong.push(`audit: ${firstLines(audited.err)}`)
  if (!thorough) return wrong
  const planned = await command(['plan', 'policies', '--format', 'json'])
  const { steps } = JSON.parse(planned.out) as Partial<Plan>
  if (steps === undefined) wrong.push(`no plan: ${firstLines(planned.err)}`)
  wrong.push(...(steps ?? []).filter(({ channel }) => channel === 'api').map(({ id }) => `the plan still has ${id}`))
  const looked = await command(['drift', 'policies', '--format', 'json'])
  const { differences: drifted } = JSON.parse(looked.out) as Partial<DriftReport>
  if (drifted === undefined) wrong.push(`no drift: ${firstLines(looked.err)}`)
  const classes = (drifted ?? []).map(found => `drift: ${found.class} ${found.kind}/${found.name} ${found.path}`)
  wrong.push(...new Set(classes))
  return wrong
}

/** What a command said first. */
export const firstLines = (text: string): string => text.trim().split('\n').slice(0, 12).join('\n')

function differences(end: OrganizationState, reached: OrganizationState): readonly string[] {
  const names = new Set([...Object.keys(end.accounts), ...Object.keys(reached.accounts)])
  const accounts = [...names].filter(name => !same(end.accounts[name], reached.accounts[name]))
  return [
    ...(accounts.length === 0 ? [] : [`other accounts: ${accounts.slice(0, 5).join(', ')} (${accounts.length})`]),
    ...(same(end.allowlists, reached.allowlists)
      ? []
      : [`other allowlists: ${JSON.stringify(reached.allowlists)} instead of ${JSON.stringify(end.allowlists)}`]),
    ...(same(end.rest, reached.rest) ? [] : ['something else was changed']),
  ]
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
