import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { Agent, request, type RequestOptions } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './publicAddress';
import type { Outbound, OutboundRule } from './types';

/** Why a call out was not made, or not finished; its message is fit for the delivery log. */
export class OutboundError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OutboundError';
  }
}

/** What tests put in the place of the network. */
export interface OutboundOptions {
  /** Resolves a name; default: the system's resolver. */
  resolve?: (host: string) => Promise<LookupAddress[]>;
  /** Tells whether an address may be called; default: public addresses only. */
  allows?: (address: string) => boolean;
  /** Overrides for the TLS connection, such as `ca` and `port`. */
  connection?: Pick<RequestOptions, 'ca' | 'port'>;
}

/**
 * Calls under way at once; one more is refused, so that callers can't make this side pile them up. Those to addresses
 * that a stranger named can't take the room of the others, of which a maker has set up so many at most.
 */
const MAX_CALLS = { named: 16, trusted: 64 };

type Resolve = (host: string) => Promise<LookupAddress[]>;

/**
 * The way out that is used outside of tests: GET over https on port 443, to a host that the rule allows and whose
 * every address is public. Redirects are not followed; time and size are bounded over the whole call.
 * Rejects with an {@link OutboundError}.
 */
export function createOutbound(options: OutboundOptions = {}): Outbound {
  const resolve = options.resolve ?? resolveAll;
  const allows = options.allows ?? isPublicAddress;
  const resolveNamed = oneByOne(resolve);
  const calls = { named: 0, trusted: 0 };
  return {
    async get(address, rule) {
      const url = allowedUrl(address, rule.hosts);
      const kind = rule.trusted ? 'trusted' : 'named';
      if (calls[kind] >= MAX_CALLS[kind]) {
        throw new OutboundError('Too many calls to other hosts are under way.');
      }
      calls[kind] += 1;
      const signal = AbortSignal.timeout(rule.timeoutMs);
      try {
        const lookup = checkedLookup((host) => (rule.trusted ? resolve(host) : resolveNamed(host, signal)), allows);
        return await fetchBounded(url, rule, { ...options.connection, lookup, signal });
      } finally {
        calls[kind] -= 1;
      }
    },
  };
}

/** Parses `address` and refuses what no scheme needs: another protocol or port, credentials, a bare IP address. */
function allowedUrl(address: string, hosts: (host: string) => boolean): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') {
    throw new OutboundError('The address is not a plain https URL.');
  }
  // A bare address would never pass the resolver's check, because nothing is resolved.
  if (url.hostname.startsWith('[') || /^[\d.]+$/.test(url.hostname) || !hosts(url.hostname)) {
    throw new OutboundError(`The host "${url.hostname}" is not allowed.`);
  }
  return url;
}

function fetchBounded(
  url: URL,
  { maxBytes }: Pick<OutboundRule, 'maxBytes'>,
  connection: Pick<RequestOptions, 'ca' | 'port'> & { lookup: LookupFunction; signal: AbortSignal },
): Promise<Buffer> {
  const { signal } = connection;
  return new Promise((resolve, reject) => {
    // An agent of its own, so that no connection is reused that was checked for another call.
    const agent = new Agent({ keepAlive: false, maxCachedSessions: 0 });
    const fail = (error: Error): void => {
      const message = signal.aborted ? `No answer from "${url.hostname}" in time.` : error.message;
      call.destroy();
      reject(error instanceof OutboundError ? error : new OutboundError(message));
    };
    // Whoever has switched certificates off for all of Node (NODE_TLS_REJECT_UNAUTHORIZED) has not switched them off here.
    const options = { ...connection, agent, rejectUnauthorized: true, headers: { accept: '*/*' } };
    const call = request(url, options, (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        fail(new OutboundError(`"${url.hostname}" answered with status ${response.statusCode}.`));
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes) {
          fail(new OutboundError(`The answer of "${url.hostname}" is larger than ${maxBytes} bytes.`));
          return;
        }
        chunks.push(chunk);
      });
      response.on('end', () => resolve(Buffer.concat(chunks)));
      response.on('error', fail);
    });
    call.on('error', fail);
    call.end();
  });
}

/**
 * A resolver for the socket itself: the connection goes to the address that was checked, so that a name that answers
 * differently a moment later (DNS rebinding) gains nothing. One address that is not public refuses the name.
 */
function checkedLookup(resolve: Resolve, allows: (address: string) => boolean): LookupFunction {
  return (host, options: LookupOptions, callback) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (!first || !addresses.every(({ address }) => allows(address))) {
          callback(new OutboundError(`"${host}" does not resolve to public addresses only.`), '', 0);
        } else if (options.all) {
          callback(null, addresses);
        } else {
          callback(null, first.address, first.family);
        }
      },
      () => callback(new OutboundError(`"${host}" can't be resolved.`), '', 0),
    );
  };
}

/**
 * Node resolves names in its thread pool, in no more than half of it, and a name that a stranger made up may take long.
 * One at a time leaves room for the names that matter; one whose call has ended by its turn isn't looked up.
 */
function oneByOne(resolve: Resolve): (host: string, signal: AbortSignal) => Promise<LookupAddress[]> {
  let last: Promise<unknown> = Promise.resolve();
  return (host, signal) => {
    const turn = last.then(() => (signal.aborted ? Promise.reject(new Error('too late')) : resolve(host)));
    last = turn.catch(() => undefined);
    return turn;
  };
}

function resolveAll(host: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
}

/** The one that verification uses unless it is given another. */
export const outbound: Outbound = createOutbound();
