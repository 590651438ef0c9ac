// Framework-free: IP addresses and networks, read in one way by the panel, the save check and the server.

import ipaddr from 'ipaddr.js';

/** A network: every address whose first `bits` are those of `address`. IPv4 is never held as IPv6. */
export interface AddressRange {
  address: ipaddr.IPv4 | ipaddr.IPv6;
  bits: number;
}

/** Names for ranges that need no spelling out, as `proxy-addr` and Express know them. */
export const NAMED_RANGES: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

const CIDR = /^([^/]+)\/(\d{1,3})$/;
const PORT = /^(?:\[([^\]]+)\](?::\d{1,5})?|(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5})$/;
const MAPPED_BITS = 96;

/**
 * An address as a socket or a proxy writes it; null: it is none. IPv4 inside IPv6 (`::ffff:192.0.2.1`, RFC 4291
 * section 2.5.5.2) becomes IPv4, and the zone of a link-local address (`fe80::1%eth0`, RFC 4007) and a port are
 * taken off. Short and octal forms (`127.1`, `0177.0.0.1`) are refused: programs differ in how they read them.
 */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const [, bracketed, beforePort] = PORT.exec(text) ?? [];
  const bare = bracketed ?? beforePort ?? text;
  const address = parseStrict(bare.includes(':') ? bare.replace(/%[\w.-]{1,32}$/, '') : bare);
  return address && isMapped(address) ? address.toIPv4Address() : address;
}

/** An address (a network of one) or a network such as `192.0.2.0/24`; null: it is neither. */
export function parseRange(text: string): AddressRange | null {
  const [, base, length] = CIDR.exec(text) ?? [];
  const address = parseStrict(base ?? text);
  if (!address) {
    return null;
  }
  const size = address.kind() === 'ipv4' ? 32 : 128;
  const bits = length === undefined ? size : Number(length);
  if (bits > size) {
    return null;
  }
  return isMapped(address) && bits >= MAPPED_BITS
    ? { address: address.toIPv4Address(), bits: bits - MAPPED_BITS }
    : { address, bits };
}

/** Whether the address lies in one of the networks. */
export function isInRanges(address: ipaddr.IPv4 | ipaddr.IPv6, ranges: readonly AddressRange[]): boolean {
  return ranges.some((range) => address.kind() === range.address.kind() && address.match(range.address, range.bits));
}

/** Four decimal parts without leading zeros, or IPv6 without a zone. */
function parseStrict(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    return ipaddr.IPv4.parse(text);
  }
  return text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : null;
}

function isMapped(address: ipaddr.IPv4 | ipaddr.IPv6): address is ipaddr.IPv6 {
  return address.kind() === 'ipv6' && (address as ipaddr.IPv6).isIPv4MappedAddress();
}
