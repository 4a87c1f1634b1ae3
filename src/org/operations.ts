import type { Operation } from './catalogue/operation.ts'
import { accessOperations } from './catalogue/access-operations.ts'
import { accountOperations } from './catalogue/account-operations.ts'
import { controlOperations } from './catalogue/control-operations.ts'
import { directoryOperations } from './catalogue/directory-operations.ts'
import { embeddedPolicyOperations } from './catalogue/embedded-policy-operations.ts'
import { groupOperations } from './catalogue/group-operations.ts'
import { organizationOperations } from './catalogue/organization-operations.ts'
import { retiredOperations } from './catalogue/retired-operations.ts'
import { roleOperations } from './catalogue/role-operations.ts'

/** Every operation that the reference documents (ref 1.1, 2.1, 3.1, 3.2), by name. */
export const operations = {
  ...controlOperations,
  ...organizationOperations,
  ...directoryOperations,
  ...roleOperations,
  ...groupOperations,
  ...accountOperations,
  ...accessOperations,
  ...embeddedPolicyOperations,
  ...retiredOperations,
} as const satisfies Readonly<Record<string, Operation>>

export type Operations = typeof operations
export type OperationName = keyof Operations

/** The operation of that name, as data. */
export const operationNamed = (name: OperationName): Operation => operations[name]
