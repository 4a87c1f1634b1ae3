import ipaddr from 'ipaddr.js'

/**
 * True for an IPv4 or IPv6 address, or a range of them in CIDR notation. The library takes more than that: `10/8`, octal and hexadecimal parts, and
 * IPv6 zones, which mean nothing outside one machine.
 */
export function isRange(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/')
  const isV4 = ipaddr.IPv4.isValidFourPartDecimal(address)
  if (more.length > 0 || !(isV4 || (ipaddr.IPv6.isValid(address) && !address.includes('%')))) return false
  return prefix === undefined || (/^(?:0|[1-9]\d{0,2})$/.test(prefix) && Number(prefix) <= (isV4 ? 32 : 128))
}

/** One spelling for each range: lower case, shortest form, no bits beyond the prefix, a single address without its prefix. Other text stays as it is. */
export function canonicalRange(text: string): string {
  if (!isRange(text)) return text
  const [address, prefix] = text.includes('/') ? ipaddr.parseCIDR(text) : [ipaddr.parse(text), undefined]
  const width = address.kind() === 'ipv4' ? 32 : 128
  if (prefix === undefined || prefix === width) return address.toString()
  const network =
    address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text)
  return `${network.toString()}/${prefix}`
}

/** True for a range that holds every address of its kind. */
export const isEverybody = (text: string): boolean => text.endsWith('/0') && isRange(text)

/** Whether a range holds the whole of another address or range. */
export function covers(range: string, other: string): boolean {
  const [network, prefix] = parsed(range)
  const [address, length] = parsed(other)
  return network.kind() === address.kind() && prefix <= length && address.match(network, prefix)
}

function parsed(text: string): readonly [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const address = ipaddr.parse(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}
