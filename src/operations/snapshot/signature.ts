import { createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Snapshot, SnapshotContent } from '../../model/snapshot.ts'

/** The DER of an Ed25519 private key up to its 32 bytes (RFC 8410, section 7). */
const privateKeyStart = Buffer.from('302e020100300506032b657004220420', 'hex')

const prefix = 'ed25519:'

/** The signing key that a secret stands for: whoever has the secret can make it again. */
export function signingKey(secret: string | Uint8Array): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'postern snapshot signature', 32))
  return createPrivateKey({ key: Buffer.concat([privateKeyStart, seed]), format: 'der', type: 'pkcs8' })
}

/** As documents name it under `snapshots.signedBy`: `ed25519:` and 32 bytes in base64url. */
export const publicKeyOf = (key: KeyObject): string => {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  return `${prefix}${x}`
}

export function signed(content: SnapshotContent, key: KeyObject): Snapshot {
  const value = sign(null, bytesOf(content), key).toString('base64url')
  return { ...content, signature: { algorithm: 'ed25519', publicKey: publicKeyOf(key), value } }
}

/** Whether nobody altered it since it was signed. Who signed it, the public key tells. */
export function isIntact({ signature, ...content }: Snapshot): boolean {
  try {
    const x = signature.publicKey.slice(prefix.length)
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return (
      signature.publicKey.startsWith(prefix) &&
      verify(null, bytesOf(content), key, Buffer.from(signature.value, 'base64url'))
    )
  } catch {
    return false
  }
}

const bytesOf = (content: SnapshotContent): Buffer => Buffer.from(canonicalize(content) ?? '')
