import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Random } from './Random';

export interface FuzzBody {
  bytes: Buffer;
  contentType: string | null;
  encoding: string | null;
}

/** A body of some kind, sound or spoilt, with what is claimed of it, true or not. */
export function randomBody(random: Random): FuzzBody {
  const kind = random.pick(KINDS);
  let bytes: Buffer = Buffer.from(kind.make(random));
  if (random.chance(0.25)) {
    bytes = spoil(bytes, random);
  }
  const charset = random.chance(0.15) ? `; charset=${random.pick(CHARSETS)}` : '';
  const claimed = random.chance(0.15) ? random.pick(KINDS).type : kind.type;
  const packing = random.chance(0.2) ? random.pick(PACKINGS) : null;
  return {
    bytes: packing && random.chance(0.85) ? packing.pack(bytes) : bytes,
    contentType: claimed === null ? null : `${claimed}${charset}`,
    encoding: packing?.name ?? (random.chance(0.02) ? random.pick(['zstd', 'gzip, br', 'x', '__proto__', '']) : null),
  };
}

const CHARSETS = ['utf-8', 'utf-16', 'gbk', 'shift_jis', 'iso-8859-1', 'utf-7', 'nope', '"', 'x'.repeat(200)];

const BOMB = gzipSync(Buffer.alloc(5 * 1024 * 1024));

const PACKINGS: readonly { name: string; pack: (bytes: Buffer) => Buffer }[] = [
  { name: 'gzip', pack: gzipSync },
  { name: 'deflate', pack: deflateSync },
  { name: 'deflate', pack: deflateRawSync },
  { name: 'br', pack: brotliCompressSync },
  // RFC 1952 section 2.2: several gzip files in a row are one.
  { name: 'gzip', pack: (bytes: Buffer) => Buffer.concat([gzipSync(bytes), BOMB]) },
];

const BOUNDARY = 'fuzz-boundary';

/** Names that every object has. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype);

const KINDS: readonly { type: string | null; make: (random: Random) => string | Buffer }[] = [
  { type: 'application/json', make: (random) => JSON.stringify(value(random, 4)) },
  { type: 'application/json', make: deepJson },
  {
    type: 'application/json',
    make: (random) => `{"a":1,"a":${random.int(0, 9)},"__proto__":{"x":1},"constructor":{"prototype":{"y":1}}}`,
  },
  {
    type: 'application/json',
    make: (random) => `{"${random.pick(['\\u0000', '\\ud800', 'a'])}":1,"${random.pick(INHERITED)}":{"a":"\\u0000"}}`,
  },
  {
    type: 'application/json',
    make: () => '{"lone":"\\ud800","nul":"\\u0000","big":1e999,"long":12345678901234567890}',
  },
  {
    type: 'application/cloudevents+json',
    make: (random) => JSON.stringify({ specversion: '1.0', data: value(random, 3) }),
  },
  {
    type: 'application/x-ndjson',
    make: (random) => Array.from({ length: random.int(0, 50) }, () => JSON.stringify(value(random, 2))).join('\n'),
  },
  { type: 'application/x-www-form-urlencoded', make: (random) => randomPairs(random) },
  { type: `multipart/form-data; boundary=${BOUNDARY}`, make: multipart },
  { type: 'multipart/form-data', make: multipart },
  {
    type: 'application/xml',
    make: (random) => `<?xml version="1.0"?><a b="${random.int(0, 9)}"><c>${random.int(0, 9)}</c></a>`,
  },
  {
    type: 'text/xml',
    make: () =>
      '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]><a>&c;&d;</a>',
  },
  {
    type: 'application/xml',
    make: (random) => `<a ${random.pick(INHERITED)}="x"><${random.pick(INHERITED)}/></a>`,
  },
  { type: 'application/xml', make: (random) => '<a>'.repeat(random.int(1, 3000)) },
  { type: 'text/plain', make: (random) => random.text(random.int(0, 300)) },
  { type: 'application/octet-stream', make: (random) => random.bytes(random.int(0, 500)) },
  { type: null, make: (random) => random.bytes(random.int(0, 200)) },
  { type: 'application/json', make: () => '' },
  { type: ';;;', make: (random) => random.text(20) },
];

/** Names and values as a form or a query has them, some of them aimed at what unpacks them. */
export function randomPairs(random: Random): string {
  const names = [
    'a',
    'a[b][c]',
    'a[]',
    'a[0]',
    'a[99999999]',
    '__proto__[x]',
    'constructor[prototype][x]',
    'a[b',
    '[]',
    '%zz',
    '',
    `a${'[b]'.repeat(200)}`,
  ];
  return Array.from(
    { length: random.chance(0.05) ? 3000 : random.int(0, 8) },
    () => `${random.pick(names)}=${encodeURI(wellFormed(random.text(random.int(0, 6))))}`,
  ).join('&');
}

function value(random: Random, depth: number): unknown {
  const kind = random.int(0, depth > 0 ? 6 : 4);
  switch (kind) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return random.int(-1e9, 1e9) / random.pick([1, 3, 1e-200]);
    case 3:
    case 4:
      return random.text(random.int(0, 20));
    case 5:
      return Array.from({ length: random.int(0, 5) }, () => value(random, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random.int(0, 5) }, () => [random.text(random.int(0, 6)), value(random, depth - 1)]),
      );
  }
}

function deepJson(random: Random): string {
  const depth = random.pick([10, 100, 1000, 20_000]);
  return random.chance(0.5) ? '['.repeat(depth) + ']'.repeat(depth) : '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
}

function multipart(random: Random): string {
  const parts = Array.from({ length: random.int(0, 6) }, () => {
    const file = random.chance(0.5)
      ? `; filename="${random.pick(['a.txt', '../../x.sh', '', 'ä.png', 'x'.repeat(300)])}"`
      : '';
    const type = random.chance(0.5) ? `\r\nContent-Type: ${random.pick(['text/plain', 'image/png', 'x'])}` : '';
    return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${random.pick(['a', '__proto__', 'a[b]', ''])}"${file}${type}\r\n\r\n${random.text(30)}\r\n`;
  });
  return `${parts.join('')}${random.chance(0.8) ? `--${BOUNDARY}--\r\n` : ''}`;
}

function spoil(bytes: Buffer, random: Random): Buffer {
  const at = random.int(0, bytes.length);
  return random.pick([
    () => bytes.subarray(0, at),
    () => Buffer.concat([bytes.subarray(0, at), random.bytes(random.int(1, 8)), bytes.subarray(at)]),
    () => Buffer.concat([bytes, bytes]),
    () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  ])();
}

/** Without half a character, of which no URL can be made. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
