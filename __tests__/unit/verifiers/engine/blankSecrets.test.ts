import { createHmac } from 'node:crypto';
import type { ProviderAuth } from '../../../../src/common/auth';
import type { SignatureScheme } from '../../../../src/common/presets';
import { findProvider } from '../../../../src/common/providers';
import { schemeOfAuth } from '../../../../src/common/schemeOfAuth';
import { verifyRequest } from '../../../../src/server/verifiers';
import { verifyBasic } from '../../../../src/server/verifiers/basic';
import { equalText } from '../../../../src/server/verifiers/compare';
import { verifyJwt } from '../../../../src/server/verifiers/jwt';
import { CODE_PROVIDERS } from '../../../../src/server/verifiers/providers';
import { sharedKey } from '../../../../src/server/verifiers/schemeKeys';
import { verifyScheme } from '../../../../src/server/verifiers/scheme';
import { Sources } from '../../../../src/server/verifiers/Sources';
import { verifyToken } from '../../../../src/server/verifiers/token';
import type { VerifyInput, VerifyResult } from '../../../../src/server/verifiers/types';
import { noOutbound } from '../providers/support';
import { signedWith } from './vectors/blank';

const NOW = 1_700_000_000;
const REFUSED = { ok: false, reason: { code: expect.any(String), values: expect.any(Object) } };
const BLANK = ['', ' ', '\t', '\n', '\u00a0', '\u3000', '\ufeff'];
const paths = (secret: string) => signedWith(secret).map(({ path, input }) => [path, input] as const);

test.each(paths('a secret'))('%s takes what is signed with its secret', async (_path, input) => {
  expect(await verifyRequest(input)).toMatchObject({ ok: true });
});

describe.each(BLANK.map((blank) => [JSON.stringify(blank), blank]))(
  'a secret that is %s proves nothing',
  (_, blank) => {
    test.each(paths(blank))('%s', async (_path, input) => {
      expect(await verifyRequest(input)).toEqual(REFUSED);
      expect(await verifyRequest(asVariable(input, blank))).toEqual(REFUSED);
    });
  },
);

/** Each verifier by itself, as if an empty secret had come through to it. */
describe('an empty secret proves nothing to', () => {
  const usable = [{ name: null, value: '' }];

  test.each(paths(''))('%s', async (_path, input) => {
    expect(await behindTheDoor(input)).toEqual(REFUSED);
  });

  test('a token of blanks behind its word', () => {
    const auth = {
      type: 'token' as const,
      in: 'header' as const,
      name: 'authorization',
      scheme: 'Bearer',
      secrets: [],
    };
    expect(verifyToken(auth, usable, bearer('  '))).toEqual(REFUSED);
  });

  test.each(BLANK)('a JWT, signed with %j', async (blank) => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const signed = `${encode({ alg: 'HS256' })}.${encode({ exp: NOW + 60 })}`;
    const request = bearer(`${signed}.${createHmac('sha256', blank).update(signed).digest('base64url')}`);
    const auth = { type: 'jwt' as const, algorithms: ['HS256' as const], secrets: [blank] };
    expect(await verifyRequest({ auth, request, now: NOW })).toEqual(REFUSED);
    expect(await verifyJwt(auth, { request, secrets: usable, now: NOW, outbound: noOutbound })).toEqual(REFUSED);
  });

  function bearer(token: string): VerifyInput['request'] {
    return { method: 'POST', url: '/', headers: { authorization: `Bearer ${token}` }, rawBody: Buffer.alloc(0) };
  }

  test('any comparison, and makes no key', () => {
    expect(equalText('', '')).toBe(false);
    expect(equalText('a', 'a')).toBe(true);
    for (const key of [{}, { enc: 'hex' }, { enc: 'base64' }, { enc: 'base64', strip: 'whsec_' }] as const) {
      expect(sharedKey('', key)).toBeNull();
    }
    expect(sharedKey('whsec_', { enc: 'base64', strip: 'whsec_' })).toBeNull();
    expect(sharedKey('whsec_', { strip: 'whsec_' })).toBeNull();
  });

  function behindTheDoor({ auth, request }: VerifyInput): VerifyResult | Promise<VerifyResult> {
    const secrets = { usable, anySet: true, problems: [] };
    switch (auth.type) {
      case 'basic':
        return verifyBasic('u', usable, request);
      case 'token':
        return verifyToken(auth, usable, request);
      case 'signature':
        return verifyScheme(schemeOfAuth(auth) as SignatureScheme, {
          sources: new Sources(request, {}),
          secrets,
          now: NOW,
        });
      default: {
        const { provider, options = {} } = auth as ProviderAuth;
        const scheme = findProvider(provider)?.scheme;
        const code = CODE_PROVIDERS[provider];
        if (scheme) {
          return verifyScheme(scheme, { sources: new Sources(request, options), secrets, now: NOW });
        }
        if (!code) {
          throw new Error(`no provider "${provider}"`);
        }
        return code({ request, secrets: usable, options, now: NOW, outbound: noOutbound });
      }
    }
  }
});

/** The same settings, with the secret in a variable. */
function asVariable(input: VerifyInput, value: string): VerifyInput {
  const reference = '{{$env.BLANK}}';
  const auth =
    input.auth.type === 'basic' ? { ...input.auth, passwords: [reference] } : { ...input.auth, secrets: [reference] };
  return { ...input, auth: auth as VerifyInput['auth'], env: { BLANK: value } };
}
