import { version } from '../version.ts'
import { installationBlock, layInto, mirrorFolder } from './mirror.ts'
import { printable } from './wire-text.ts'

export interface ByHand {
  readonly argv: readonly string[]
  /** This program's own file. */
  readonly executable: string
  readonly platform: string
  readonly architecture: string
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
}

const explanation = `This is the Terraform provider postern ${version}: Terraform starts it, and by hand there is nothing to see.
To install it: terraform-provider-postern --mirror DIR lays it into a filesystem mirror and prints the block for Terraform's CLI configuration (docs/terraform).
`

const help = `${explanation}
  --mirror DIR   lay the provider into the filesystem mirror DIR
  --version      print the version
  --help         print this
`

/** What is wrong with arguments that are none of those of the help. */
function wrong(flag: string, more: readonly string[]): string {
  if (flag === '--mirror') return more.length > 0 ? '--mirror takes one folder' : '--mirror needs a folder'
  return flag === '--version' || flag === '--help' || flag === '-h'
    ? `${flag} takes nothing else`
    : `unknown argument ${printable(flag)}`
}

/** What the program does for a person. Returns the exit code. */
export async function byHand({ argv, stdout, stderr, ...self }: ByHand): Promise<0 | 1> {
  const [flag, mirror, ...more] = argv
  if (flag === '--version' && mirror === undefined) {
    stdout(`terraform-provider-postern ${version}\n`)
    return 0
  }
  if ((flag === '--help' || flag === '-h') && mirror === undefined) {
    stdout(help)
    return 0
  }
  if (flag !== '--mirror' || mirror === undefined || mirror === '' || more.length > 0) {
    stderr(flag === undefined ? explanation : `${wrong(flag, more)}\n${help}`)
    return 1
  }
  const folder = mirrorFolder(mirror, version, self.platform, self.architecture)
  try {
    await layInto(folder, self.executable)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    stderr(`cannot write into ${printable(folder)}: ${code}\n`)
    return 1
  }
  stderr(
    `The provider is in ${printable(folder)}. Put this into the file that TF_CLI_CONFIG_FILE names, or ~/.terraformrc:\n`,
  )
  stdout(installationBlock(mirror))
  return 0
}
