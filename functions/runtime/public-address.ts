import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Is this an address anybody on the internet has, and nobody behind our own walls? By IANA's registries of special-purpose addresses:
 * this machine, private networks, the cloud's own metadata (169.254.169.254, fd00:ec2::254), documentation and multicast are not.
 * Of IPv6 only what is given out for public use, and of that nothing that carries an IPv4 address inside (6to4, Teredo): where it
 * leads is not seen from it. Mapped and translated addresses (::ffff:0:0/96, 64:ff9b::/96) are outside of that use.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, 'ipv4');
  return isIPv6(address) && givenOut.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** https://www.iana.org/assignments/ipv6-unicast-address-assignments: all of it lies in 2000::/3. */
const givenOut = new BlockList();
givenOut.addSubnet('2000::', 3, 'ipv6');

/** https://www.iana.org/assignments/iana-ipv4-special-registry, and its sister for IPv6. */
const special = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  special.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const)
  special.addSubnet(network, bits, 'ipv6');
