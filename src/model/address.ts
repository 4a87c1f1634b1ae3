/** Names one object of one organization: the kind of its document and its name. */
export interface Address {
  readonly kind: string
  readonly name: string
}

/** `Kind/name`, as people write it on the command line. */
export const formatAddress = ({ kind, name }: Address): string => `${kind}/${name}`

/** The address in `Kind/name`; the name may itself hold slashes. Undefined where there is no slash. */
export function parseAddress(text: string): Address | undefined {
  const slash = text.indexOf('/')
  return slash <= 0 ? undefined : { kind: text.slice(0, slash), name: text.slice(slash + 1) }
}

/** Orders by the code units of kind, then name: the same on every machine, whatever its language. */
export const compareAddress = (a: Address, b: Address): number =>
  compareText(a.kind, b.kind) || compareText(a.name, b.name)

/** Orders by code units. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
