import ipaddr from 'ipaddr.js';

/** 64:ff9b::/96 and 64:ff9b:1::/48 (RFC 6052, RFC 8215), ::/96: an IPv4 address in other clothes. */
const EMBEDDED_IPV4 = ['64:ff9b::/96', '64:ff9b:1::/48', '::/96'].map((range) => ipaddr.IPv6.parseCIDR(range));

/**
 * Tells whether an IP address is a public one. Private, loopback, link-local, carrier-grade NAT, multicast, reserved
 * and unique-local ones are not, nor is an IPv6 address that carries an IPv4 address (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) {
    return false;
  }
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv6 && EMBEDDED_IPV4.some((range) => parsed.match(range))) {
    return false;
  }
  return parsed.range() === 'unicast';
}
