// Which addresses are of the public internet (IANA special-purpose address registries).
import { BlockList, isIPv6 } from 'node:net'

/** IPv4 ranges that no public host is in. */
const SPECIAL_IPV4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // shared by customers of a carrier
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, and the metadata services of clouds
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
]

/** IPv6 ranges within the one that global addresses are from, which are not plainly public. */
const SPECIAL_IPV6 = [
  '2001::/23', // protocol assignments, Teredo
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4: carries an IPv4 address, which may be private
  '3fff::/20', // documentation
]

/** The one IPv6 range that global addresses are from. Mapped and translated IPv4 is outside of it. */
const GLOBAL_IPV6 = ['2000::/3']

const special = blockList(SPECIAL_IPV4, SPECIAL_IPV6)
const global6 = blockList([], GLOBAL_IPV6)
const loopback = blockList(['127.0.0.0/8'], ['::1/128'])

/** Whether the address, as text, is one that a public host can have. */
export function isPublicAddress(address: string): boolean {
  if (!isIPv6(address)) return !special.check(address, 'ipv4')
  return global6.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

/** Whether the address is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

function blockList(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const list = new BlockList()
  const add = (range: string, family: 'ipv4' | 'ipv6') => {
    const [network = '', prefix] = range.split('/')
    list.addSubnet(network, Number(prefix), family)
  }
  for (const range of ipv4) add(range, 'ipv4')
  for (const range of ipv6) add(range, 'ipv6')
  return list
}
