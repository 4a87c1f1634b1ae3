import type { Ran } from '../terraform.ts'

/** All that a run printed, in one line: Terraform breaks lines where it likes. */
export const said = ({ stdout, stderr }: Ran): string => `${stdout}${stderr}`.replaceAll(/\s+/g, ' ')

/** A run that ended otherwise than expected is told with what it said. */
export function ended(ran: Ran, code: number): string {
  if (ran.code !== code) throw new Error(`ended with ${ran.code}, not ${code}:\n${ran.stdout}${ran.stderr}`)
  return said(ran)
}
