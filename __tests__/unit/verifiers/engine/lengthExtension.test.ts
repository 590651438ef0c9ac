import { createHash } from 'node:crypto';
import { verifyRequest } from '../../../../src/server/verifiers';
import { saying } from '../../../support/reasons';

const SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const URL = 'https://nocobase.example.com/api/webhooks/key';
const BODY = '[{"eventId":1}]';

/** What SHA-256 fills a message up with: anyone who knows its hash and its length can carry the hash on behind it. */
function padding(length: number): Buffer {
  const filler = Buffer.alloc(((119 - (length % 64)) % 64) + 1);
  filler[0] = 0x80;
  const bits = Buffer.alloc(8);
  bits.writeBigUInt64BE(BigInt(length * 8));
  return Buffer.concat([filler, bits]);
}

function verdict(provider: string, prefix: string, rawBody: Buffer) {
  const signature = createHash('sha256').update(prefix).update(rawBody).digest('hex');
  return verifyRequest({
    auth: { type: 'provider', provider, secrets: [SECRET] },
    request: { method: 'POST', url: URL, headers: { 'x-hubspot-signature': signature }, rawBody },
    now: 1_700_000_000,
  });
}

describe.each([
  ['hubspot-v1', SECRET],
  ['hubspot-v2', `${SECRET}POST${URL}`],
])('%s, a plain hash', (provider, prefix) => {
  test('takes a JSON document and an empty body', () => {
    expect(verdict(provider, prefix, Buffer.from(BODY))).toMatchObject({ ok: true });
    expect(verdict(provider, prefix, Buffer.alloc(0))).toMatchObject({ ok: true });
  });

  test.each(['', BODY])('refuses what a stranger can make of the signed body %j', (body) => {
    const glue = padding(prefix.length + body.length);
    expect((prefix.length + body.length + glue.length) % 64).toBe(0);
    const longer = Buffer.concat([Buffer.from(body), glue, Buffer.from('[{"eventId":2}]')]);
    expect(verdict(provider, prefix, longer)).toEqual({
      ok: false,
      reason: saying('The body is not JSON, and this signature proves no other.'),
    });
  });
});
