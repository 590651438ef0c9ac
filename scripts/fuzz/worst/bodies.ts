import { randomBytes } from 'node:crypto';
import { filled, MEGABYTE, short, times } from './fill';
import { WORST_JSON } from './json';
import { MULTIPART_TYPE, WORST_MULTIPART, WORST_XML } from './markup';

/** A body that takes as long to read as its grammar allows for its length. */
export interface WorstBody {
  name: string;
  /** Null: none is declared. */
  contentType: string | null;
  /** How it is packed; default: it isn't. */
  encoding?: 'gzip' | 'br';
  /** Some megabyte, before it is packed; made anew each time. */
  make(): Buffer;
}

const BYTES = 'application/octet-stream';
const FORM = 'application/x-www-form-urlencoded';
const amp = { between: '&' };

const WORST_FORMS: Readonly<Record<string, () => string>> = {
  'fields without end': () => filled((n) => `${short(n)}=1`, amp),
  'as many fields as are taken': () => times(1_999, (n) => `a${n}=${'%41'.repeat(170)}`).join('&'),
  'ampersands alone': () => '&'.repeat(MEGABYTE),
  percents: () => `a=${'%'.repeat(MEGABYTE - 2)}`,
  pluses: () => `a=${'+'.repeat(MEGABYTE - 2)}`,
  'encoded brackets': () => `a=${'%5B'.repeat(MEGABYTE / 3 - 1)}`,
  brackets: () => `a${'[b]'.repeat(MEGABYTE / 3 - 2)}=1`,
  'open brackets': () => times(1_999, () => `${'['.repeat(500)}=1`).join('&'),
  'nested names': () => times(1_999, (n) => `a[b][c][d][e][f][g][h][i][k${n}]=1`).join('&'),
  lists: () => times(1_999, (n) => `a[${n % 190}][b]=${'x'.repeat(500)}`).join('&'),
  'percents that are escaped again and again': () => `a=${'%25'.repeat(MEGABYTE / 3 - 1)}`,
  'percents that are escaped four times': () => `a=${'%25252525'.repeat(MEGABYTE / 9 - 1)}`,
  'escapes in escapes': () => `a=${'%2525u0041&amp;#x41;'.repeat(MEGABYTE / 20 - 1)}`,
  'escapes of JSON in a form': () => `a=${'%5Cu0041'.repeat(MEGABYTE / 8 - 1)}`,
  'long escaped fields': () => times(1_900, (n) => `a${n}=${'%2525'.repeat(108)}`).join('&'),
  'one name': () => times(190, () => `a=${','.repeat(5_000)}`).join('&'),
};

const WORST_TEXTS: Readonly<Record<string, [type: string | null, make: () => Buffer]>> = {
  'lines of NDJSON': ['application/x-ndjson', () => Buffer.from('1\n'.repeat(140_000))],
  'objects of NDJSON': ['application/x-ndjson', () => Buffer.from('{"a":0}\n'.repeat(MEGABYTE / 8))],
  'blank lines': ['application/x-ndjson', () => Buffer.alloc(MEGABYTE, '\n')],
  'text of NUL': ['text/plain', () => Buffer.alloc(MEGABYTE)],
  'text that is no UTF-8': ['text/plain', () => Buffer.alloc(MEGABYTE, 0xff)],
  'text in Big5': ['text/plain; charset=big5', () => Buffer.alloc(MEGABYTE, 0xed)],
  'text of percents that are escaped': ['text/plain', () => Buffer.from('%252525'.repeat(MEGABYTE / 7))],
  'text of percents without end': ['text/plain', () => Buffer.from(`%${'25'.repeat(MEGABYTE / 2 - 1)}`)],
  'text of entities of entities': ['text/plain', () => Buffer.from('&amp;amp;amp;'.repeat(MEGABYTE / 13))],
  'text of backslashes': ['text/plain', () => Buffer.alloc(MEGABYTE, '\\')],
  'text of ligatures': ['text/plain', () => Buffer.from('\ufb03'.repeat(MEGABYTE / 3))],
  'bytes of escapes': [BYTES, () => Buffer.from('%2525'.repeat(MEGABYTE / 5))],
  'text of entities': ['text/plain', () => Buffer.from('&amp;'.repeat(MEGABYTE / 5))],
  'text in UTF-16': ['text/plain; charset=utf-16', () => Buffer.alloc(MEGABYTE, 0xd8)],
  'text in GB 18030': ['text/plain; charset=gb18030', () => Buffer.alloc(MEGABYTE, 0x81)],
  'text in EUC-JP': ['text/plain; charset=euc-jp', () => Buffer.alloc(MEGABYTE, 0x8f)],
  'a form in GBK': [`${FORM}; charset=gbk`, () => Buffer.from(`a=${'%D6%D0'.repeat(MEGABYTE / 6 - 1)}`)],
  bytes: [BYTES, () => Buffer.alloc(MEGABYTE, 0x80)],
  'lists that nothing declares': [null, () => Buffer.alloc(MEGABYTE, '[')],
  'text that nothing declares': [null, () => Buffer.alloc(MEGABYTE, 'a')],
  'line breaks': ['application/json', () => Buffer.from('\r\n'.repeat(MEGABYTE / 2))],
};

/** Packed, it is as long as before. */
const noise = (): Buffer => randomBytes(MEGABYTE - 4_096);

const as =
  (what: string, contentType: string) =>
  ([name, make]: [string, () => string]): WorstBody => ({
    name: `${what}: ${name}`,
    contentType,
    make: () => Buffer.from(make()).subarray(0, MEGABYTE),
  });

/** One for each way that is known to be slow, in every format. */
export const WORST_BODIES: readonly WorstBody[] = [
  ...Object.entries(WORST_JSON).map(as('JSON', 'application/json')),
  ...Object.entries(WORST_XML).map(as('XML', 'application/xml')),
  ...Object.entries(WORST_FORMS).map(as('form', FORM)),
  ...Object.entries(WORST_MULTIPART).map(as('form with files', MULTIPART_TYPE)),
  ...Object.entries(WORST_TEXTS).map(([name, [contentType, make]]) => ({ name, contentType, make })),
  { name: 'noise in gzip', contentType: BYTES, encoding: 'gzip', make: noise },
  { name: 'noise in Brotli', contentType: BYTES, encoding: 'br', make: noise },
];
