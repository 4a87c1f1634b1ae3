import { generateSync } from 'otplib/functional'
import { readSecret, writeSecret } from '../../src/approvals/secret.ts'

/** A secret for a test, another one for each seed. */
export const secretOf = (seed: number): string =>
  writeSecret(new Uint8Array(20).map((_, index) => (index * 31 + seed * 7 + 3) & 0xff))

/** The code of a secret at a time, or some time steps from it. */
export function codeAt(secret: string, time: number, steps = 0): string {
  const read = readSecret(secret)
  if (!('bytes' in read)) throw new Error('no secret')
  return generateSync({ secret: read.bytes, epoch: Math.floor(time / 1000) + steps * 30 })
}

/** A code that is wrong at a time and around it. */
export function wrongCodeAt(secret: string, time: number): string {
  const right = new Set([-1, 0, 1].map(steps => codeAt(secret, time, steps)))
  return ['000000', '111111', '222222', '333333'].find(code => !right.has(code)) ?? ''
}
