import { PROVIDERS } from '../../../../src/common/providers';
import { verifyRequest } from '../../../../src/server/verifiers';
import { CASES } from './cases';
import { CHALLENGES, VECTORS } from './vectors';
import { saying } from '../../../support/reasons';

test.each(CASES)('$name', async ({ input, expected }) => {
  const result = await verifyRequest(input);
  if (expected) {
    expect(result).toEqual(expected);
  } else {
    expect(result).toEqual({ ok: false, reason: saying(/^[A-Z].*\.$/s) });
  }
});

test('every scheme that is data has a vector', () => {
  const covered = new Set(VECTORS.map(({ provider }) => provider));
  const schemes = PROVIDERS.filter(({ scheme, jwt, basic }) => scheme !== null || jwt || basic).map(({ id }) => id);
  expect(schemes.filter((id) => !covered.has(id))).toEqual([]);
});

test('every challenge that is data is answered in a test', () => {
  const covered = CHALLENGES.map(({ reply }) => reply.kind).sort();
  const kinds = PROVIDERS.flatMap(({ scheme, jwt }) => (scheme ?? jwt)?.handshake ?? []).map(({ kind }) => kind);
  expect(covered).toEqual(kinds.sort());
});
