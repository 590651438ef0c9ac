import { randomBytes } from 'node:crypto';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { WebhookError } from '../../../../src/common/errors';
import { contentCoding, inflate, type ContentCoding } from '../../../../src/server/net/inflate';
import { limitsFrom } from '../../../../src/server/net/limits';
import { because } from '../../../../src/common/reasons/reason';

const TEXT = Buffer.from('{"hello":"world"}'.repeat(20));
const LIMIT = TEXT.length;
const options = { limit: LIMIT, hold: () => undefined };

it.each<[string, ContentCoding, Buffer]>([
  ['gzip', 'gzip', gzipSync(TEXT)],
  ['x-gzip', 'x-gzip', gzipSync(TEXT)],
  ['deflate as HTTP defines it', 'deflate', deflateSync(TEXT)],
  ['deflate as many send it', 'deflate', deflateRawSync(TEXT)],
  ['br', 'br', brotliCompressSync(TEXT)],
  ['gzip in two members', 'gzip', Buffer.concat([gzipSync(TEXT.subarray(0, 50)), gzipSync(TEXT.subarray(50))])],
])('undoes %s', async (_what, coding, packed) => {
  expect((await inflate(packed, coding, options)).equals(TEXT)).toBe(true);
});

const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 0 } };

it.each<[ContentCoding, (bytes: Buffer) => Buffer]>([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', (bytes) => brotliCompressSync(bytes, quickly)],
])('%s: undoes what is as long before as it is after', async (coding, pack) => {
  const noise = randomBytes(20 << 20);
  const unpacked = await inflate(pack(noise), coding, { limit: noise.length, hold: () => undefined });
  expect(unpacked.equals(noise)).toBe(true);
});

const codings: [ContentCoding, (text: Buffer) => Buffer][] = [
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
];

describe.each(codings)('%s', (coding, pack) => {
  it('stops at the limit, whatever it would have become', async () => {
    const bomb = pack(Buffer.alloc(30 * 1024 * 1024));
    let held = 0;
    const hold = (bytes: number) => {
      held += bytes;
    };
    await expect(inflate(bomb, coding, { limit: LIMIT, hold })).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
    expect(held).toBeLessThanOrEqual(LIMIT);
    await expect(inflate(pack(Buffer.alloc(LIMIT + 1)), coding, options)).rejects.toMatchObject({
      code: 'BODY_TOO_LARGE',
    });
  });

  it.each([
    ['what is not packed', (packed: Buffer) => Buffer.from(`nope ${packed.length}`)],
    ['what breaks off', (packed: Buffer) => packed.subarray(0, packed.length - 3)],
    ['what is followed by something', (packed: Buffer) => Buffer.concat([packed, Buffer.from('more')])],
  ])('refuses %s', async (_what, change) => {
    await expect(inflate(change(pack(TEXT)), coding, options)).rejects.toMatchObject({ code: 'BODY_MALFORMED' });
  });

  it('passes on a refusal for want of room', async () => {
    const hold = () => {
      throw new WebhookError('OVERLOADED', { reason: because('NOT_TAKEN_NOW', { detail: 'displaced' }) });
    };
    await expect(inflate(pack(TEXT), coding, { limit: LIMIT, hold })).rejects.toMatchObject({ code: 'OVERLOADED' });
  });
});

it.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  [' GZIP ', 'gzip'],
  ['br', 'br'],
  ['gzip, identity', 'gzip'],
  ['identity,gzip', 'gzip'],
  ['"gzip"', 'gzip'],
  ['gzip,', 'gzip'],
  ...['utf-8', 'UTF8', 'none', 'identity, identity', '8bit', 'binary', 'iso-8859-1', 'us-ascii', ','].map(
    (header): [string, null] => [header, null],
  ),
])('reads the content encoding %j as %j', (header, expected) => {
  expect(contentCoding(header)).toBe(expected);
});

it.each(['gzip, gzip', 'gzip,br', 'zstd', 'compress', 'aes128gcm', 'constructor', '__proto__', 'gzip, utf-8, br'])(
  'does not support %j, and says what it does',
  (header) => {
    expect(() => contentCoding(header)).toThrow(
      expect.objectContaining({
        code: 'TYPE_NOT_SUPPORTED',
        options: expect.objectContaining({ headers: { 'accept-encoding': 'gzip, deflate, br' } }) as unknown,
      }),
    );
  },
);

describe('limitsFrom', () => {
  it('has defaults', () => {
    const report = jest.fn();
    expect(limitsFrom({ WEBHOOK_MAX_IN_FLIGHT: '' }, report)).toEqual({
      inFlight: 1000,
      bytes: 268_435_456,
      bodyRate: 240,
      failures: 300,
    });
    expect(report).not.toHaveBeenCalled();
  });

  it('takes whole numbers above zero, and says what it does not take', () => {
    const report = jest.fn();
    const environment = { WEBHOOK_MAX_IN_FLIGHT: '5', WEBHOOK_MAX_BUFFERED_BYTES: '10mb', WEBHOOK_MAX_FAILURES: '0' };
    expect(limitsFrom(environment, report)).toEqual({ inFlight: 5, bytes: 268_435_456, bodyRate: 240, failures: 300 });
    expect(report.mock.calls.flat()).toEqual([
      expect.stringContaining('WEBHOOK_MAX_BUFFERED_BYTES'),
      expect.stringContaining('WEBHOOK_MAX_FAILURES'),
    ]);
  });
});
