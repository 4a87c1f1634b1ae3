import { createHash } from 'node:crypto'

/** SHA-256 in base64, as content security policies name scripts and styles. */
export const sha256Base64 = (text: string): string => createHash('sha256').update(text).digest('base64')
