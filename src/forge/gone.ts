import { isForgeError } from './forge-error.ts'

/** Waits for a call that takes something away; what is gone already is fine. */
export async function gone(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!isForgeError(error, 'forge/not-found')) throw error
  })
}
