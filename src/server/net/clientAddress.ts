import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';
import { isInRanges, NAMED_RANGES, parseAddress, parseRange } from '../../common/addresses';
import { remembering } from '../remembering';

/** Tells whether an address is a proxy whose forwarding headers are believed. */
export type Trust = (address: string, index: number) => boolean;

/**
 * Trusts the given addresses and networks; `loopback`, `linklocal` and `uniquelocal` are names for ranges.
 * Throws on what is none of these.
 */
export function trustOf(proxies: readonly string[]): Trust {
  const ranges = proxies
    .flatMap((proxy) => NAMED_RANGES[proxy] ?? [proxy])
    .map((text) => {
      const range = parseRange(text);
      if (!range) {
        throw new Error(`"${text}" is neither an address nor a network`);
      }
      return range;
    });
  // The same few proxies ask again and again.
  return remembering((address) => {
    const parsed = parseAddress(address);
    return parsed !== null && isInRanges(parsed, ranges);
  });
}

/**
 * The caller's address in its shortest form: `X-Forwarded-For` read from the right, through trusted proxies only.
 * Empty where it can't be told: a proxy wrote something that is no address, or the caller is gone already.
 */
export function clientAddress(request: IncomingMessage, trust: Trust): string {
  return shortest(proxyAddr(request, (proxy, index) => trust(proxy ?? '', index)) ?? '');
}

const shortest = remembering((text) => {
  const address = parseAddress(text);
  if (!address) {
    return '';
  }
  return 'toRFC5952String' in address ? address.toRFC5952String() : address.toString();
});

/** Scheme and host as the caller sees this server; the forwarded ones count only from a trusted proxy. */
export function clientOrigin(request: IncomingMessage, trust: Trust): string {
  const trusted = trust(request.socket.remoteAddress ?? '', 0);
  const encrypted = 'encrypted' in request.socket && Boolean(request.socket.encrypted);
  const scheme = (trusted && first(request.headers['x-forwarded-proto'])) || (encrypted ? 'https' : 'http');
  const host = (trusted && first(request.headers['x-forwarded-host'])) || request.headers.host || 'localhost';
  return `${scheme}://${host}`;
}

function first(header: string | string[] | undefined): string | undefined {
  return String(header ?? '')
    .split(',')[0]
    ?.trim();
}
