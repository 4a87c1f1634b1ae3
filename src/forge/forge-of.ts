import { bitbucket } from './bitbucket.ts'
import type { ForgeContext } from './context.ts'
import type { Forge } from './contract.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import type { ForgeWorld } from './send.ts'

/** The client of the forge that a job runs on. */
export function forgeOf(context: ForgeContext, token: string, world: ForgeWorld): Forge {
  const access = { token, variable: context.tokenVariable, world }
  switch (context.system) {
    case 'github':
      return github(context.place, access)
    case 'gitlab':
      return gitlab(context.place, access)
    case 'bitbucket':
      return bitbucket(context.place, access)
  }
}
