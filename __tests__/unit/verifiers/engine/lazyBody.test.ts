import { randomBytes } from 'node:crypto';
import { verifyRequest } from '../../../../src/server/verifiers';

test('a body is parsed only if the scheme reads a field of it', () => {
  const parse = jest.spyOn(JSON, 'parse');
  const result = verifyRequest({
    auth: { type: 'provider', provider: 'linear', secrets: ['a secret of the usual length'] },
    request: {
      method: 'POST',
      url: '/',
      headers: { 'linear-signature': '0'.repeat(64) },
      rawBody: randomBytes(1024 * 1024),
    },
    now: 1_700_000_000,
  });
  expect(result).toMatchObject({ ok: false });
  expect(parse).not.toHaveBeenCalled();
  parse.mockRestore();
});
