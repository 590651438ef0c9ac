import type { LookupAddress } from 'node:dns';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createOutbound, type OutboundOptions } from '../../../../src/server/verifiers/outbound';
import { isPublicAddress } from '../../../../src/server/verifiers/publicAddress';
import { TLS_CERTIFICATE, TLS_KEY } from '../../../support/certificates';

const HOST = 'keys.example.com';
const RULE = { hosts: (host: string) => host === HOST, maxBytes: 1000, timeoutMs: 10_000 };
const HURRIED = { ...RULE, timeoutMs: 300 };

let server: Server;
let calls: string[];

const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/ok': (_request, response) => response.end('hello'),
  '/missing': (_request, response) => response.writeHead(404).end(),
  '/redirect': (_request, response) => response.writeHead(302, { location: `https://${HOST}/ok` }).end(),
  '/huge': (_request, response) => response.end('x'.repeat(1001)),
  '/endless': (_request, response) => {
    const timer = setInterval(() => response.write('x'.repeat(300)), 1);
    response.on('close', () => clearInterval(timer));
  },
  '/slow': () => undefined,
  '/drip': (_request, response) => {
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
  },
};

beforeAll((done) => {
  server = createServer({ key: TLS_KEY, cert: TLS_CERTIFICATE }, (request, response) => {
    calls.push(request.url ?? '');
    routes[request.url ?? '']?.(request, response);
  }).listen(0, '127.0.0.1', done);
});
afterAll((done) => {
  server.closeAllConnections();
  server.close(done);
});
beforeEach(() => {
  calls = [];
});

/** Resolves every name to the local server, which is let through as if it were public. */
function local(options: OutboundOptions = {}) {
  return createOutbound({
    resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    allows: (address) => address === '127.0.0.1',
    connection: { ca: TLS_CERTIFICATE, port: (server.address() as AddressInfo).port },
    ...options,
  });
}
const resolvesTo = (...addresses: string[]): OutboundOptions => ({
  resolve: () =>
    Promise.resolve(addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }))),
  allows: isPublicAddress,
});

describe('the way out', () => {
  it('fetches from a host that is allowed', async () => {
    expect((await local().get(`https://${HOST}/ok`, RULE)).toString()).toBe('hello');
  });

  it.each([
    ['/missing', 'status 404'],
    ['/huge', 'larger than 1000 bytes'],
    ['/endless', 'larger than 1000 bytes'],
    ['/slow', 'in time'],
    ['/drip', 'in time'],
  ])('refuses %s', async (path, reason) => {
    const rule = reason === 'in time' ? HURRIED : RULE;
    await expect(local().get(`https://${HOST}${path}`, rule)).rejects.toThrow(reason);
  });

  it('does not follow a redirect', async () => {
    await expect(local().get(`https://${HOST}/redirect`, RULE)).rejects.toThrow('status 302');
    expect(calls).toEqual(['/redirect']);
  });

  it.each([
    `http://${HOST}/ok`,
    `https://${HOST}:444/ok`,
    `https://user@${HOST}/ok`,
    `https://:pass@${HOST}/ok`,
    'https://other.example.com/ok',
    `https://${HOST}.evil.com/ok`,
    'https://127.0.0.1/ok',
    'https://0x7f000001/ok',
    'https://2130706433/ok',
    'https://[::1]/ok',
    'file:///etc/passwd',
    'data:text/plain,x',
    '',
  ])('does not call %s', async (url) => {
    const outbound = local();
    await expect(
      outbound.get(url, { ...RULE, hosts: (host) => host === HOST || /^[\d.[]/.test(host) }),
    ).rejects.toThrow(/is not allowed|not a plain https URL/);
    expect(calls).toEqual([]);
  });

  it.each([
    ['a loopback address', ['127.0.0.1']],
    ['a private address', ['10.0.0.1']],
    ['one private address among public ones', ['93.184.216.34', '192.168.1.1']],
    ['a mapped address', ['::ffff:127.0.0.1']],
    ['no address', []],
  ])('refuses a name that resolves to %s', async (_what, addresses) => {
    await expect(local(resolvesTo(...addresses)).get(`https://${HOST}/ok`, RULE)).rejects.toThrow('public addresses');
    expect(calls).toEqual([]);
  });

  it('connects to the address that was checked: a name is resolved once', async () => {
    let lookups = 0;
    const resolve = (): Promise<LookupAddress[]> => {
      lookups += 1;
      return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    };
    await local({ resolve }).get(`https://${HOST}/ok`, RULE);
    expect(lookups).toBe(1);
  });

  it('counts the time that resolving takes', async () => {
    await expect(
      local({ resolve: () => new Promise(() => undefined) }).get(`https://${HOST}/ok`, HURRIED),
    ).rejects.toThrow('in time');
  });

  it('refuses a certificate that is not trusted, or is for another host', async () => {
    const port = (server.address() as AddressInfo).port;
    await expect(local({ connection: { port } }).get(`https://${HOST}/ok`, RULE)).rejects.toThrow();
    const rule = { ...RULE, hosts: () => true };
    await expect(local().get('https://other.example.com/ok', rule)).rejects.toThrow();
    expect(calls).toEqual([]);
  });

  it('bounds the calls under way at once', async () => {
    const outbound = local();
    const slow = Array.from({ length: 16 }, () => outbound.get(`https://${HOST}/slow`, HURRIED).catch(() => 'late'));
    await expect(outbound.get(`https://${HOST}/ok`, RULE)).rejects.toThrow('Too many calls');
    expect(await Promise.all(slow)).toEqual(slow.map(() => 'late'));
    await outbound.get(`https://${HOST}/ok`, RULE);
  });
});

describe('public addresses', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946'])('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '192.168.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::2',
    '4000::1',
    '::127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fd00::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'fe80::1%eth0',
    'example.com',
    '',
  ])('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
