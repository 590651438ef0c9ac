import { randomBody, randomPairs, wellFormed } from './bodies';
import type { Random } from './Random';

export interface FuzzRequest {
  /** Written one after another, a moment apart. */
  pieces: Buffer[];
  /** The caller hangs up after the last piece: no answer is to be had. */
  hangsUp: boolean;
}

/** Most webhooks take POST alone. */
const METHODS = [
  ...Array.from({ length: 12 }, () => 'POST'),
  'GET',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
];

const ADDRESSES = [
  '203.0.113.9',
  '192.0.2.7, 10.0.0.1',
  'unknown',
  '',
  '::ffff:1.2.3.4',
  'fe80::1%eth0',
  '[::1]:80',
  '<script>',
  '1.1.1.1,'.repeat(300),
  '0177.1',
];

/** Headers that some stage reads, with values that it may not expect. */
const HEADERS: Record<string, readonly string[]> = {
  'x-forwarded-for': ADDRESSES,
  'x-forwarded-host': ['hooks.example', 'a b', ','],
  'x-forwarded-proto': ['https', 'javascript', ''],
  origin: ['https://shop.example', 'null', 'https://evil.example', '*', ''],
  'access-control-request-method': ['POST', 'x', ''],
  'access-control-request-headers': ['content-type', 'a b', 'x'.repeat(500)],
  authorization: [
    'Bearer abc',
    'Basic YTpi',
    'Basic %%%',
    'Basic ',
    'Bearer ',
    'Bearer a.b.c',
    'Bearer eyJhbGciOiJub25lIn0.e30.',
  ],
  'x-hub-signature-256': ['sha256=', 'sha256=zz', `sha256=${'0'.repeat(64)}`, 'x'],
  'stripe-signature': ['t=1,v1=00', 't=,v1=', 't=99999999999999999999,v1=00', ','],
  'webhook-id': ['msg_1', ''],
  'webhook-timestamp': ['1', 'x', '1e99'],
  'webhook-signature': ['v1,AAAA', 'v1,', ','],
  'x-key': ['s3cret', '', 'x'.repeat(3000)],
  'ce-id': ['1', 'ä'],
  'content-md5': ['x'],
  cookie: ['a=b; __proto__=1'],
  'x-app': [''],
  te: ['trailers'],
};

/** A request for one of the webhooks, or for a path near one. */
export function randomRequest(random: Random, paths: readonly string[]): FuzzRequest {
  const method = random.pick(METHODS);
  const { bytes, contentType, encoding } = randomBody(random);
  const headers: [string, string][] = [
    ['host', random.chance(0.97) ? 'hooks.example' : random.pick(['', 'a b', 'x:99999'])],
    ['connection', 'close'],
  ];
  if (contentType !== null) {
    headers.push(['content-type', contentType]);
  }
  if (encoding !== null) {
    headers.push(['content-encoding', encoding]);
  }
  for (const [name, values] of Object.entries(HEADERS)) {
    if (random.chance(0.12)) {
      headers.push([name, random.pick(values)]);
    }
  }
  if (random.chance(0.05)) {
    headers.push(
      random.pick([
        ['x-many', 'x'],
        ['content-type', 'text/plain'],
        ['x-long', 'x'.repeat(9000)],
        ['x-high', 'äöü'],
      ]),
    );
  }
  const framed = frame(random, bytes);
  const lines = [...headers, ...framed.headers].map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${method} ${target(random, paths)} HTTP/1.1\r\n${lines.join('')}\r\n`);
  return {
    pieces: random.chance(0.2) ? [head, ...framed.pieces] : [Buffer.concat([head, ...framed.pieces])],
    hangsUp: framed.hangsUp,
  };
}

/**
 * `/api//webhooks/`, `/api/webhooks` without a slash behind it and `/api/Webhooks/` are not among them: these are no
 * webhook's URLs, so NocoBase's own API answers them, and what that makes of such bodies is not ours to judge.
 */
function target(random: Random, paths: readonly string[]): string {
  const known = random.pick(paths);
  const path = random.chance(0.85)
    ? known
    : random.pick([
        () => `${known}/`,
        () => `${known}/../${known}`,
        () => `${known}%2f`,
        () => encodeURIComponent(known),
        () => `${known}//`,
        () => known.toUpperCase(),
        () => '%',
        () => '%00',
        () => 'a/'.repeat(random.int(1, 400)),
        () => 'x'.repeat(random.int(1, 4000)),
        () => encodeURI(wellFormed(random.text(10))),
        () => '',
      ])();
  const prefix = random.chance(0.9) ? '/api/webhooks/' : '/api/webhook:trigger/';
  const query = random.chance(0.3) ? `?${randomPairs(random).slice(0, 6000)}` : '';
  return `${prefix}${path}${query}`.replace(/[\s\u0000-\u001f\u007f-\uffff]/g, '');
}

interface Framed {
  headers: [string, string][];
  pieces: Buffer[];
  hangsUp: boolean;
}

/** How the body's end is told: by its length, by chunks, or wrongly. */
function frame(random: Random, body: Buffer): Framed {
  const length = (bytes: number): [string, string][] => [['content-length', String(bytes)]];
  if (random.chance(0.6)) {
    return { headers: length(body.length), pieces: [body], hangsUp: false };
  }
  const chunk = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]);
  const chunked: [string, string][] = [['transfer-encoding', 'chunked']];
  const end = Buffer.from('0\r\n\r\n');
  return random.pick<() => Framed>([
    () => ({ headers: chunked, pieces: body.length > 0 ? [chunk, end] : [end], hangsUp: false }),
    () => ({ headers: chunked, pieces: [Buffer.from('xyz\r\n'), body], hangsUp: false }),
    () => ({ headers: chunked, pieces: [chunk], hangsUp: true }),
    () => ({ headers: length(body.length + 10), pieces: [body], hangsUp: true }),
    () => ({ headers: length(Math.floor(body.length / 2)), pieces: [body], hangsUp: false }),
    () => ({ headers: [...length(body.length), ...chunked], pieces: [body], hangsUp: false }),
    () => ({ headers: length(3_000_000), pieces: [Buffer.alloc(3_000_000, 'x')], hangsUp: false }),
    () => ({ headers: [['expect', '100-continue'], ...length(body.length)], pieces: [body], hangsUp: false }),
  ])();
}
