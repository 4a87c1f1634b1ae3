import { realTime } from '../org/time.ts'
import { undiciTransport } from '../org/undici-transport.ts'
import type { ForgeWorld } from './send.ts'

/** The network and the clock of this machine, but for what is given in their place. */
export const forgeWorld = (
  given: { readonly [Part in keyof ForgeWorld]?: ForgeWorld[Part] | undefined } = {},
): ForgeWorld => ({
  transport: given.transport ?? undiciTransport(),
  clock: given.clock ?? realTime.clock,
  sleep: given.sleep ?? realTime.sleep,
  random: given.random ?? realTime.random,
  timer: given.timer ?? realTime.timer,
})
