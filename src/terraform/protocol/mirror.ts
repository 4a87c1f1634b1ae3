import { chmod, copyFile, mkdir, rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/** Where Terraform looks the provider up, though it is in no registry. */
export const sourceAddress = 'registry.terraform.io/postern/postern'

const systems: Readonly<Record<string, string>> = { win32: 'windows' }
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' }

/** The folder of one version in a filesystem mirror, by Terraform's names of systems. */
export const mirrorFolder = (mirror: string, version: string, platform: string, architecture: string): string =>
  join(
    resolve(mirror),
    ...sourceAddress.split('/'),
    version,
    `${systems[platform] ?? platform}_${architectures[architecture] ?? architecture}`,
  )

/** Lays an executable into a folder of a mirror, where it is whole or not at all. */
export async function layInto(folder: string, executable: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  // No version is in the name: Node would take its end for the extension of a file, and refuses one that it does not know.
  const file = join(folder, 'terraform-provider-postern')
  const whole = `${file}.new`
  await copyFile(executable, whole)
  await chmod(whole, 0o755)
  await rename(whole, file)
}

/** What the configuration of Terraform needs to find the provider in a mirror, and everything else where it was. */
export const installationBlock = (mirror: string): string => `provider_installation {
  filesystem_mirror {
    path    = ${quoted(resolve(mirror))}
    include = ["${sourceAddress}"]
  }
  direct {
    exclude = ["${sourceAddress}"]
  }
}
`

/** A string of HCL. The characters that JSON escapes are those that HCL does. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{')
