import type { MtlsAuth } from '../../../src/common/auth';
import { verifyMtls } from '../../../src/server/verifiers/mtls';
import type { VerifyRequest } from '../../../src/server/verifiers/types';

const AUTH: MtlsAuth = {
  type: 'mtls',
  verifyHeader: 'X-SSL-Client-Verify',
  verifyValue: 'SUCCESS',
  identityHeader: 'X-SSL-Client-S-DN',
  allowed: ['CN=other', 'CN=client,O=Example'],
};
const REQUEST: VerifyRequest = {
  method: 'POST',
  url: '/',
  headers: { 'x-ssl-client-verify': 'SUCCESS', 'x-ssl-client-s-dn': 'CN=client,O=Example' },
  rawBody: Buffer.alloc(0),
  viaTrustedProxy: true,
};

describe('client certificates', () => {
  it('lets in an identity on the list', () => {
    expect(verifyMtls(AUTH, REQUEST)).toEqual({ ok: true, secretName: null, deliveryId: null });
  });

  it('knows letters beyond ASCII, which Node reads byte by byte', () => {
    const header = Buffer.from('CN=Jürgen,O=示例').toString('latin1');
    const request = { ...REQUEST, headers: { ...REQUEST.headers, 'x-ssl-client-s-dn': header } };
    expect(verifyMtls({ ...AUTH, allowed: ['CN=Jürgen,O=示例'] }, request).ok).toBe(true);
    expect(verifyMtls({ ...AUTH, allowed: ['CN=Jurgen,O=示例'] }, request).ok).toBe(false);
  });

  it.each<[string, Partial<VerifyRequest>, Partial<MtlsAuth>]>([
    ['a caller that is no trusted proxy', { viaTrustedProxy: false }, {}],
    ['a caller of which nothing is known', { viaTrustedProxy: undefined }, {}],
    ['another verdict', { headers: { ...REQUEST.headers, 'x-ssl-client-verify': 'FAILED:expired' } }, {}],
    ['no verdict', { headers: { 'x-ssl-client-s-dn': 'CN=client,O=Example' } }, {}],
    ['a doubled verdict', { headers: { ...REQUEST.headers, 'x-ssl-client-verify': ['SUCCESS', 'SUCCESS'] } }, {}],
    ['another identity', { headers: { ...REQUEST.headers, 'x-ssl-client-s-dn': 'CN=client,O=Example2' } }, {}],
    ['no identity', { headers: { 'x-ssl-client-verify': 'SUCCESS' } }, {}],
    [
      'a doubled identity',
      { headers: { ...REQUEST.headers, 'x-ssl-client-s-dn': ['CN=other', 'CN=client,O=Example'] } },
      {},
    ],
    ['an empty list', {}, { allowed: [] }],
    ['an empty entry', { headers: { ...REQUEST.headers, 'x-ssl-client-s-dn': '' } }, { allowed: [''] }],
    [
      'an empty verdict that is asked for',
      { headers: { ...REQUEST.headers, 'x-ssl-client-verify': '' } },
      { verifyValue: '' },
    ],
  ])('refuses %s', (_what, request, auth) => {
    expect(verifyMtls({ ...AUTH, ...auth }, { ...REQUEST, ...request }).ok).toBe(false);
  });
});
