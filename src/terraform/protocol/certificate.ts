import { X509Certificate } from 'node:crypto'
import { generate } from 'selfsigned'

export interface Certificate {
  /** PEM, for the server. */
  readonly certificate: string
  readonly key: string
  /** DER, for the handshake. */
  readonly der: Uint8Array
}

/** A certificate that lives as long as the process: Terraform trusts it because the handshake names it. */
export async function makeCertificate(now: Date): Promise<Certificate> {
  const day = 24 * 60 * 60 * 1000
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // Clocks differ between containers, and a run may wait for an approval for days.
    notBeforeDate: new Date(now.getTime() - day),
    notAfterDate: new Date(now.getTime() + 365 * day),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  })
  return { certificate: cert, key, der: new X509Certificate(cert).raw }
}

/** Whether a text is a certificate in PEM. */
export function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
