import { existsSync } from 'node:fs'
import type { Session } from './session.ts'

/** `policies` where there is such a folder, else the current one. */
export const folderOf = (session: Session, given: string | undefined): string =>
  given ?? (existsSync(session.path('policies')) ? 'policies' : '.')
