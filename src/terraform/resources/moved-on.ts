import type { Problem } from '../contract.ts'
import { error } from '../problems.ts'

/**
 * The refusal where the organization is no longer as the state that a plan starts from. Terraform plans once more when it applies and keeps nothing else of what a saved plan saw: so
 * this is how a plan is held to the organization that it was made for.
 */
export const movedOn = (what: string): Problem =>
  error(
    `${what} is not as it was when it was read: somebody changed it since`,
    'Nothing was sent. Plan again, and not with -refresh=false.',
  )
