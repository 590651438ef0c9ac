import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

/** Tells whether an address is a proxy whose forwarding headers are believed. */
export type Trust = (address: string, index: number) => boolean;

/** Trusts the given addresses and networks; `loopback`, `linklocal` and `uniquelocal` are names for ranges. */
export function trustOf(proxies: string[]): Trust {
  return proxyAddr.compile(proxies);
}

/** The caller's address: `X-Forwarded-For` read from the right, through trusted proxies only. */
export function clientAddress(request: IncomingMessage, trust: Trust): string {
  return proxyAddr(request, trust);
}

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
