import { randomBytes, randomInt } from 'node:crypto';
import { PROVIDERS } from '../../../../src/common/providers';
import { verifyRequest } from '../../../../src/server/verifiers';
import type { Outbound, VerifyInput } from '../../../../src/server/verifiers/types';
import { CASES } from './cases';
import { toInput } from './requests';
import { VECTORS } from './vectors';

const noOutbound: Outbound = { get: () => Promise.reject(new Error('no way out')) };
const REFUSED = { ok: false, reason: expect.any(String) };

describe('whatever the settings are, nothing throws and nobody is let in', () => {
  const request = { method: 'POST', url: '/', headers: { authorization: 'x' }, rawBody: Buffer.from('{}') };
  const broken: unknown[] = [
    undefined,
    null,
    {},
    { auth: null, request, now: 1 },
    { auth: {}, request, now: 1 },
    { auth: { type: 'oauth' }, request, now: 1 },
    { auth: { type: 'constructor' }, request, now: 1 },
    { auth: { type: '__proto__' }, request, now: 1 },
    { auth: { type: 'signature' }, request, now: 1 },
    { auth: { type: 'token' }, request, now: 1 },
    { auth: { type: 'token', in: 'cookie', name: 'x', secrets: ['x'] }, request, now: 1 },
    { auth: { type: 'basic' }, request, now: 1 },
    { auth: { type: 'jwt' }, request, now: 1 },
    { auth: { type: 'mtls' }, request, now: 1 },
    { auth: { type: 'provider' }, request, now: 1 },
    { auth: { type: 'provider', provider: 'nobody', secrets: ['x'] }, request, now: 1 },
    { auth: { type: 'provider', provider: '__proto__', secrets: ['x'] }, request, now: 1 },
    { auth: { type: 'provider', provider: 'toString', secrets: ['x'] }, request, now: 1 },
    { auth: { type: 'provider', provider: 'github', secrets: { 0: 'x' } }, request, now: 1 },
    { auth: { type: 'provider', provider: 'github', secrets: [null, 1, [], {}, { value: {} }] }, request, now: 1 },
    { auth: { type: 'provider', provider: 'okta', secrets: ['x'], tolerance: -1 }, request, now: 1 },
    { auth: { type: 'provider', provider: 'okta', secrets: ['x'], tolerance: '300' }, request, now: 1 },
    { auth: { type: 'none' }, request, now: NaN },
    { auth: { type: 'none' }, request: { ...request, rawBody: '{}' }, now: 1 },
    { auth: { type: 'none' }, request: undefined, now: 1 },
  ];
  test.each(broken.map((input, index) => [index, input]))('%d', async (_index, input) => {
    expect(await verifyRequest(input as VerifyInput)).toEqual(REFUSED);
  });
});

const PROBED = { ok: true, secretName: null, deliveryId: null, handshake: { kind: 'probe', status: 200 } };

describe.each(PROVIDERS.map(({ id, scheme }) => [id, scheme] as const))('%s', (provider, scheme) => {
  // Of those who look whether the URL answers: by the method alone, and they are told no more than that.
  const probes = (scheme?.handshake ?? []).filter(({ kind }) => kind === 'probe').map(({ when }) => when.method);

  test('bears whatever is sent', async () => {
    const vector = VECTORS.find((candidate) => candidate.provider === provider);
    const known = vector ? toInput(vector) : undefined;
    for (let round = 0; round < 60; round += 1) {
      const input = {
        auth: { type: 'provider', provider, secrets: ['s', { value: randomText() }], options: { x: randomText() } },
        request: {
          method: pick(['GET', 'HEAD', 'POST', 'OPTIONS', '']),
          url: `/api/webhooks/key?${randomText()}`,
          headers: Object.fromEntries(
            Object.keys(known?.request.headers ?? { signature: '' }).map((name) => [name, randomHeader()]),
          ),
          rawBody: Buffer.from(pick([randomText(), '{"a":', '[[[[', '{"signature":null}', 'null', '""', '<a>'])),
        },
        now: pick([0, 1_700_000_000, -1]),
        outbound: noOutbound,
      } as VerifyInput;
      expect(await verifyRequest(input)).toEqual(probes.includes(input.request.method) ? PROBED : REFUSED);
    }
  });
});

test('no reason holds a secret or what the signature should have been', () => {
  for (const { input } of CASES) {
    const result = verifyRequest(input);
    const reason = 'ok' in result && !result.ok ? result.reason : '';
    const secrets = 'secrets' in input.auth ? (input.auth.secrets ?? []) : [];
    for (const secret of secrets) {
      const value = typeof secret === 'string' ? secret : (secret.value ?? '');
      // A shorter one is part of ordinary words.
      expect(value.length > 3 && reason.includes(value)).toBe(false);
    }
    expect(reason).not.toMatch(/[0-9a-f]{40}|[A-Za-z0-9+/]{27}=/);
  }
});

test('a reflected challenge is bounded', () => {
  const ask = (length: number) =>
    verifyRequest({
      auth: { type: 'provider', provider: 'msgraph', secrets: [] },
      request: {
        method: 'POST',
        url: `/?validationToken=${'x'.repeat(length)}`,
        headers: {},
        rawBody: Buffer.alloc(0),
      },
      now: 1,
    });
  expect(ask(4096)).toMatchObject({ ok: true });
  expect(ask(4097)).toEqual(REFUSED);
});

test('a challenge can put no header of its own into the answer', () => {
  const result = verifyRequest({
    auth: { type: 'provider', provider: 'cloudevents', secrets: [], options: { allowedOrigins: ['a.example'] } },
    request: {
      method: 'OPTIONS',
      url: '/',
      headers: { 'webhook-request-origin': 'a.example', 'webhook-request-rate': '1\r\nset-cookie: a=b' },
      rawBody: Buffer.alloc(0),
    },
    now: 1,
  });
  expect(result).toEqual(REFUSED);
});

function pick<T>(items: readonly T[]): T {
  return items[randomInt(items.length)] as T;
}

function randomText(): string {
  return randomBytes(randomInt(40)).toString(pick(['hex', 'base64', 'latin1', 'utf8']));
}

function randomHeader(): string | string[] | undefined {
  return pick([
    undefined,
    [],
    '',
    randomText(),
    [randomText(), randomText()],
    `t=${randomText()},v1=`,
    'v1,',
    'sha256=',
    '\u0000',
  ]);
}
