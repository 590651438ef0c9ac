import crypto, { createHmac } from 'node:crypto';
import type { Handshake } from '../../../../src/common/presets';
import type { WebhookAuth } from '../../../../src/common/auth';
import { verifyRequest } from '../../../../src/server/verifiers';
import { renderReply } from '../../../../src/server/verifiers/handshakeReply';
import { Sources } from '../../../../src/server/verifiers/Sources';
import type { VerifyInput } from '../../../../src/server/verifiers/types';

const LETTERS = 'a'.repeat(1_000_000);

/** Bytes that are hashed while `work` is done. */
async function hashed<T>(work: () => T | Promise<T>): Promise<{ result: T; bytes: number }> {
  let bytes = 0;
  const prototype = Object.getPrototypeOf(crypto.createHash('md5')) as crypto.Hash;
  const update = prototype.update as (data: crypto.BinaryLike) => crypto.Hash;
  const spy = jest.spyOn(prototype, 'update').mockImplementation(function (this: crypto.Hash, data: unknown) {
    bytes += (data as string).length;
    return update.call(this, data as string);
  });
  try {
    return { result: await work(), bytes };
  } finally {
    spy.mockRestore();
  }
}

describe('what settings may make of one request', () => {
  const secrets = Array.from({ length: 20 }, (_x, n) => `secret ${n}`);
  const content = `{secret}${'{sha512:body}'.repeat(70)}`;
  const rawBody = Buffer.from(JSON.stringify(LETTERS));
  const digest = crypto.createHash('sha512').update(rawBody).digest('hex');
  const signed = (secret: string) =>
    createHmac('sha256', secret)
      .update(secret + digest.repeat(70))
      .digest('hex');
  const call = (signature: string, body = rawBody) =>
    verifyRequest({
      auth: { type: 'signature', secrets, sig: { from: 'header:x-sig' }, content } as WebhookAuth,
      request: { method: 'POST', url: 'https://a.example/', headers: { 'x-sig': signature }, rawBody: body },
      now: 1_700_000_000,
    } as VerifyInput);

  test('a body is digested once, however often its digest is signed and however many secrets there are', async () => {
    const { result, bytes } = await hashed(() => call(signed('secret 19')));
    expect(result).toMatchObject({ ok: true });
    expect(bytes).toBe(rawBody.length);
    expect((await hashed(() => call('0'.repeat(64)))).bytes).toBe(rawBody.length);
  });

  test('and once for each way in which it may have been changed, where that is looked for', async () => {
    const small = Buffer.from('{"a":1}');
    const { bytes } = await hashed(() => call('0'.repeat(64), small));
    expect(bytes).toBeGreaterThan(small.length);
    expect(bytes).toBeLessThan(40 * small.length);
  });
});

describe('what an answer to a challenge may be', () => {
  const answered = (body: string, json: object) =>
    renderReply({ kind: 'challenge', when: {}, auth: 'none', reply: { status: 200, body } } as Handshake, {
      sources: new Sources(
        { method: 'POST', url: 'https://a.example/', headers: {}, rawBody: Buffer.from(JSON.stringify(json)) },
        {},
      ),
      secret: null,
      key: undefined,
      secrets: [],
      isSigned: false,
      now: 0,
    });
  const tooMuch = (reason: RegExp) => ({ ok: false, reason: expect.stringMatching(reason) as string });

  test('as long as challenges are', () => {
    expect(answered('{json:x}'.repeat(4), { x: 'a'.repeat(4_000) })).toMatchObject({ body: 'a'.repeat(16_000) });
    expect(answered('{json:x}'.repeat(490), { x: 'a'.repeat(4_000) })).toEqual(tooMuch(/more than any challenge/));
  });

  test('digested once, and of no more than the body twice', async () => {
    const json = { x: LETTERS };
    const { result, bytes } = await hashed(() => answered('{sha256-hex:body}'.repeat(50), json));
    expect(result).toMatchObject({ status: 200 });
    expect(bytes).toBe(JSON.stringify(json).length);
    expect(answered('{sha256-hex:body+body+body}', json)).toEqual(tooMuch(/more often than any/));
    expect(answered('{sha256-hex:body}{sha1-hex:body}{md5-hex:body}', json)).toEqual(tooMuch(/more often than any/));
  });
});
