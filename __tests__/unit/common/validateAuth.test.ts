import { authRule } from '../../../src/common/validateAuth';

const JWT = { type: 'jwt', algorithms: ['RS256'], jwksUrl: 'https://issuer.example/jwks.json' };
const MTLS = {
  type: 'mtls',
  verifyHeader: 'X-SSL-Client-Verify',
  verifyValue: 'SUCCESS',
  identityHeader: 'X-SSL-Client-S-DN',
  allowed: ['CN=client'],
};

describe('the settings of tokens and client certificates', () => {
  it.each([JWT, { ...JWT, jwksUrl: '', publicKey: '{}', issuer: 'me', clockTolerance: 0, requireExpiry: false }, MTLS])(
    'takes %j',
    (auth) => {
      expect(authRule(auth, 'auth')).toEqual([]);
    },
  );

  it.each<[string, object]>([
    ['auth.algorithms', { ...JWT, algorithms: [] }],
    ['auth.algorithms', { type: 'jwt' }],
    ['auth.algorithms.0', { ...JWT, algorithms: ['none'] }],
    ['auth.jwksUrl', { ...JWT, jwksUrl: 'http://issuer.example/jwks.json' }],
    ['auth.jwksUrl', { ...JWT, jwksUrl: 'jwks.json' }],
    ['auth.clockTolerance', { ...JWT, clockTolerance: -1 }],
    ['auth.verifyHeader', { ...MTLS, verifyHeader: 'no header' }],
    ['auth.verifyValue', { ...MTLS, verifyValue: '' }],
    ['auth.allowed', { ...MTLS, allowed: [] }],
    ['auth.allowed.0', { ...MTLS, allowed: [''] }],
  ])('names %s', (path, auth) => {
    expect(authRule(auth, 'auth').map((issue) => issue.path)).toEqual([path]);
  });
});
