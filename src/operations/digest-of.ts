import { desiredDigest } from '../engine/digest.ts'
import type { Desired } from '../kinds/resource.ts'
import { sha256 } from './hash.ts'

/** The digest of what documents ask for, as plans carry it. */
export const digestOf = (desired: Desired): string => desiredDigest(sha256, desired)
