import type { IncomingMessage } from 'node:http';
import { clientAddress, clientOrigin, trustOf } from '../../../../src/server/net/clientAddress';
import { TrustedProxies } from '../../../../src/server/net/TrustedProxies';

function request(remoteAddress: string | undefined, headers: Record<string, string> = {}): IncomingMessage {
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

const seen = (proxies: string[], remote: string | undefined, forwarded?: string) =>
  clientAddress(request(remote, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }), trustOf(proxies));

it.each([
  ['nobody is trusted: the socket counts', [], '192.0.2.1', '203.0.113.9', '192.0.2.1'],
  ['the socket is no trusted proxy', ['loopback'], '192.0.2.1', '203.0.113.9', '192.0.2.1'],
  ['one trusted proxy', ['loopback'], '127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['a socket that speaks IPv6 to an IPv4 proxy', ['loopback'], '::ffff:127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['IPv6 loopback', ['loopback'], '::1', '2001:DB8:0:0::9', '2001:db8::9'],
  ['a forged leftmost entry', ['loopback'], '127.0.0.1', '10.9.9.9, 203.0.113.9', '203.0.113.9'],
  ['a forged chain of trusted proxies', ['loopback'], '127.0.0.1', '127.0.0.1, 127.0.0.1, 203.0.113.9', '203.0.113.9'],
  ['two proxies, both trusted', ['loopback', '10.0.0.0/8'], '127.0.0.1', '203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ['two proxies, one trusted', ['loopback'], '127.0.0.1', '203.0.113.9, 10.1.2.3', '10.1.2.3'],
  ['a proxy that adds the port', ['loopback'], '127.0.0.1', '203.0.113.9:51234', '203.0.113.9'],
  ['a mapped entry', ['loopback'], '127.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
  ['an entry with a zone', ['loopback'], '127.0.0.1', 'fe80::9%eth0', 'fe80::9'],
  ['garbage from a trusted proxy', ['loopback'], '127.0.0.1', 'unknown', ''],
  ['garbage right of an address', ['loopback'], '127.0.0.1', '203.0.113.9, <script>', ''],
  ['garbage left of an address', ['loopback'], '127.0.0.1', '<script>, 203.0.113.9', '203.0.113.9'],
  ['an octal entry', ['loopback'], '127.0.0.1', '0177.0.0.1', ''],
  ['empty entries', ['loopback'], '127.0.0.1', ' , ,203.0.113.9', '203.0.113.9'],
  ['an empty header', ['loopback'], '127.0.0.1', '', '127.0.0.1'],
  ['a caller who is gone', ['loopback'], undefined, '203.0.113.9', ''],
])('%s', (_what, proxies, remote, forwarded, expected) => {
  expect(seen(proxies, remote, forwarded)).toBe(expected);
});

it('believes the forwarded scheme and host of a trusted proxy only', () => {
  const headers = { host: 'inside:13000', 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'hooks.example' };
  expect(clientOrigin(request('127.0.0.1', headers), trustOf(['loopback']))).toBe('https://hooks.example');
  expect(clientOrigin(request('192.0.2.1', headers), trustOf(['loopback']))).toBe('http://inside:13000');
});

describe('TrustedProxies', () => {
  const none = () => {
    throw new Error('nothing is wrong');
  };

  it('trusts loopback until something is saved, and again when nothing is any more', () => {
    const proxies = new TrustedProxies(undefined, none);
    const { trust } = proxies;
    expect([trust('127.0.0.1', 0), trust('10.0.0.1', 0), proxies.source]).toEqual([true, false, 'default']);
    proxies.use(['10.0.0.0/8']);
    expect([trust('127.0.0.1', 0), trust('10.0.0.1', 0), proxies.source]).toEqual([false, true, 'settings']);
    proxies.use(null);
    expect([trust('127.0.0.1', 0), proxies.source]).toEqual([true, 'default']);
  });

  it('lets the environment win', () => {
    const proxies = new TrustedProxies(' 10.0.0.0/8 ,uniquelocal', none);
    proxies.use(['192.0.2.1']);
    expect(proxies).toMatchObject({ list: ['10.0.0.0/8', 'uniquelocal'], source: 'environment' });
    expect([proxies.trust('172.16.0.1', 0), proxies.trust('192.0.2.1', 0)]).toEqual([true, false]);
  });

  it('trusts nobody, and says so, where the environment can not be used', () => {
    const report = jest.fn();
    const proxies = new TrustedProxies('loopback, 0.0.0.0/0', report);
    expect([proxies.trust('127.0.0.1', 0), proxies.list]).toEqual([false, []]);
    expect(report).toHaveBeenCalledWith(expect.stringContaining('WEBHOOK_TRUSTED_PROXIES trusts nobody'));
  });

  it('trusts nobody on an empty variable', () => {
    expect(new TrustedProxies('', none).trust('127.0.0.1', 0)).toBe(false);
  });
});
