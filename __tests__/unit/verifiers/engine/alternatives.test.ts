import type { WebhookAuth } from '../../../../src/common/auth';
import { secretUse } from '../../../../src/common/secretUse';
import { authRule } from '../../../../src/common/validateAuth';
import { verifyRequest } from '../../../../src/server/verifiers';
import type { VerifyInput, VerifyRequest } from '../../../../src/server/verifiers/types';
import { saying } from '../../../support/reasons';

// The signatures are literal: made with Python's hmac.

const SIGNATURES = {
  both: 'c1665d5cbdb93740f8ee5f1ce5212c45b0b488701301d4090c04619367ee7552',
  timeAlone: 'a07dcb5d28cf0a9bbde82805bf17f1077f6ccade30c2c89cd44c59837e9d816e',
  bodyAlone: 'b459b60875a56a8d1f1e7eaf0d85effa1d936d7f51940954b0a86159da364be5',
  formWithTime: '1c7fc0dedeef23fc365fc99175348bb850613c56a39a5d53da4d167fe63c99b9',
};
const BODY = '{"event":"paid","rate":1.5}';
const AUTH = {
  type: 'signature',
  sig: { from: 'header:x-sig' },
  ts: { from: 'header:x-time', tol: 300 },
  content: '{ts}.{header:x-id}.{body}',
  alternatives: ['{ts}.{body}'],
  secrets: ['s3cret'],
};
const refused = (reason: RegExp) => ({ ok: false, reason: saying(reason) });

function verify(auth: object, headers: Record<string, string>, body = BODY) {
  expect(authRule(auth as WebhookAuth, 'auth')).toEqual([]);
  const request: VerifyRequest = {
    method: 'POST',
    url: '/hook',
    headers: { 'x-time': '1700000000', ...headers },
    rawBody: Buffer.from(body),
  };
  return verifyRequest({ auth, request, now: 1_700_000_010 } as VerifyInput);
}

describe('a custom signature of one of several texts', () => {
  test.each([
    ['the first', { 'x-sig': SIGNATURES.both, 'x-id': 'evt_1' }],
    ['another one, where what it leaves out is not there', { 'x-sig': SIGNATURES.timeAlone }],
  ])('is taken of %s', (_name, headers) => {
    expect(verify(AUTH, headers)).toMatchObject({ ok: true });
  });
  test.each([
    ['what is left out is there', { 'x-sig': SIGNATURES.timeAlone, 'x-id': 'evt_1' }, BODY],
    ['what is signed is not there', { 'x-sig': SIGNATURES.both }, BODY],
    ['what is signed was put into the body', { 'x-sig': SIGNATURES.both }, `evt_1.${BODY}`],
    ['it is of none of them', { 'x-sig': SIGNATURES.bodyAlone }, BODY],
  ])('is refused where %s', (_name, headers, body) => {
    expect(verify(AUTH, headers, body)).toMatchObject({ ok: false });
  });
  test('of the body alone is not that of time and body, put together in the body', () => {
    const auth = { ...AUTH, content: '{ts}.{body}', alternatives: ['{body}'] };
    expect(verify(auth, { 'x-sig': SIGNATURES.bodyAlone })).toMatchObject({ ok: true });
    expect(verify(auth, { 'x-sig': SIGNATURES.formWithTime }, 'a=1.b=2')).toMatchObject({ ok: true });
    expect(verify(auth, { 'x-sig': SIGNATURES.formWithTime }, '1700000000.a=1.b=2')).toEqual(refused(/other values/));
  });
});

describe('the texts are held to what the first one is', () => {
  const at = (auth: object) => authRule({ ...AUTH, ...auth } as WebhookAuth, 'auth').map(({ path }) => path);
  test.each([
    ['what nothing is filled in for', { alternatives: ['{ts}.{bodi}'] }, 'auth.alternatives.0'],
    ['the same in every call', { alternatives: ['{ts}.{body}', '{method}'] }, 'auth.alternatives.1'],
    ['no secret in a hash', { kind: 'hash', content: '{body}{secret}' }, 'auth.alternatives.0'],
    ['headers that are not named', { alternatives: ['{headers}{body}'] }, 'auth.headers'],
    [
      'a time of two lengths beside digits',
      { ts: { from: 'header:x-time', unit: 'unix', tol: 1 }, content: '.{ts}.{body}', alternatives: ['{body}{ts}'] },
      'auth.ts.unit',
    ],
    ['more than four', { alternatives: Array.from({ length: 5 }, () => '{ts}.{body}') }, 'auth.alternatives'],
    ['an empty one', { alternatives: [''] }, 'auth.alternatives.0'],
  ])('%s', (_name, auth, path) => {
    expect(at(auth)).toEqual([path]);
  });
  test('a secret opens with the texts that it stands in', () => {
    const use = (alternatives: string[]) =>
      secretUse({ ...AUTH, kind: 'hash', content: '{body}{secret}', alternatives } as WebhookAuth);
    expect(use(['{secret}{body}'])).not.toEqual(use(['{body}']));
    expect(use(['{ts}{body}'])).toEqual(use(['{body}']));
  });
});
