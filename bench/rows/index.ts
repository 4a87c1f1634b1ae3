import type { Row } from '../harness/row.ts'
import { apply } from './apply.ts'
import { coverage } from './coverage.ts'
import { fleet } from './fleet.ts'
import { planAccounts, planLarge } from './plan-accounts.ts'
import { planPolicies } from './plan-policies.ts'
import { startUp } from './start-up.ts'
import { validate } from './validate.ts'

/** All that is compared, in the order in which it is measured. */
export const rows: readonly Row[] = [startUp, validate, planAccounts, planLarge, planPolicies, apply, coverage, fleet]
