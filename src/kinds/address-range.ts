import ipaddr from 'ipaddr.js'

/** True for an IPv4 or IPv6 address, or a range of them in CIDR notation. */
export const isRange = (text: string): boolean =>
  text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)

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
