import { apply as applyWork } from './apply.ts'
import { awsWorld } from './aws-world.ts'
import { check } from './check.ts'
import type { Handler } from './contract.ts'
import { prepareFleet } from './fleet-prepare.ts'
import { summarizeFleet } from './fleet-summarize.ts'
import { organizationRun } from './organization-run.ts'

/** The functions, by the names that the construct sets as their handlers. */

const world = awsWorld()

/** Looks for drift in one organization. */
export const drift: Handler = (event, invocation) => organizationRun(world, 'drift', check, event, invocation)

/** Plans and applies one commit. */
export const apply: Handler = (event, invocation) => organizationRun(world, 'apply', applyWork, event, invocation)

/** Begins a run over a fleet. */
export const prepare: Handler = event => prepareFleet(world, event)

/** Ends a run over a fleet. */
export const summarize: Handler = event => summarizeFleet(world, event)
