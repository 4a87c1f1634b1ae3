/** Whether a host, as the URL parser writes it, is this machine. The parser has already written every spelling of an IPv4 address with four numbers. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
