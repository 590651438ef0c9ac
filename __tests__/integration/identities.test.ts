import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import type { Host } from '../../scripts/host';
import type { JwtAuth, WebhookAuth } from '../../src/common/auth';
import { loggedDeliveries } from '../support/deliveries';
import { ownHost } from '../support/hosts';
import { JSON_TYPE, seconds, text } from '../support/providerSigning';
import { FALSE_HOST, PRIVATE_HOST, TestInternet } from '../support/TestInternet';
import { createWebhook, finishedExecutions, listExecutions } from '../support/workflows';

const JWKS_URL = 'https://keys.example.com/.well-known/jwks.json';

const internet = new TestInternet();
let host: Host;

beforeAll(async () => {
  // As some set it for another service's sake: it must not count for what proves who calls.
  host = await ownHost({ env: { ...(await internet.open()), NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
});
afterAll(async () => {
  await host?.remove();
  await internet.close();
});

/** A new webhook, and what it answers and logs. */
async function webhook(auth: WebhookAuth) {
  const { key } = await createWebhook(host.api, { auth });
  return {
    key,
    call: async (headers: Record<string, string>): Promise<number> => {
      const init = { method: 'POST', body: '{"a":1}', headers: { ...JSON_TYPE, ...headers } };
      return (await fetch(`${host.url}/api/webhooks/${key}`, init)).status;
    },
    reasons: async (count: number) =>
      (await loggedDeliveries(host.api, key, count)).map(({ status, reason }) => reason ?? status),
  };
}

describe('JWT', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const old = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const next = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const secret = text();
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const sign = async (alg: string, key: KeyObject, claims: JWTPayload = {}, kid?: string) => {
    const payload = { iss: 'https://issuer.example.com/', aud: 'orders', exp: seconds() + 60, jti: text(), ...claims };
    return bearer(await new SignJWT(payload).setProtectedHeader({ alg, ...(kid && { kid }) }).sign(key));
  };
  const jwks = (...keys: [string, KeyObject][]) =>
    JSON.stringify({ keys: keys.map(([kid, key]) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' })) });
  const claims = { issuer: 'https://issuer.example.com/', audience: 'orders' };

  it('HS256, with a secret that has a name', async () => {
    const auth: JwtAuth = { type: 'jwt', algorithms: ['HS256'], ...claims, secrets: [{ name: 'shop', value: secret }] };
    const { key, call } = await webhook(auth);
    expect(await call(await sign('HS256', createSecretKey(Buffer.from(secret))))).toBe(200);
    expect(await call(await sign('HS256', createSecretKey(Buffer.from(text()))))).toBe(401);
    const [execution] = await finishedExecutions(host.api, key);
    expect(execution?.context).toMatchObject({ data: { a: 1 } });
    const deliveries = await loggedDeliveries(host.api, key, 2);
    expect(deliveries.map(({ status, secretName, reason }) => [status, secretName, reason])).toEqual([
      ['succeeded', 'shop', null],
      ['rejected', null, 'The signature does not match: signed with another secret, or changed on its way.'],
    ]);
  });

  it('RS256, with a public key, which is never taken for a shared secret', async () => {
    const publicKey = String(rsa.publicKey.export({ type: 'spki', format: 'pem' }));
    const auth: JwtAuth = { type: 'jwt', algorithms: ['RS256', 'HS256'], ...claims, publicKey };
    const { key, call, reasons } = await webhook(auth);
    expect(await call(await sign('RS256', rsa.privateKey))).toBe(200);
    await finishedExecutions(host.api, key);

    expect(await call(await sign('RS256', rsa.privateKey, { exp: seconds() - 100 }))).toBe(401);
    expect(await call(await sign('RS256', rsa.privateKey, { aud: 'invoices' }))).toBe(401);
    expect(await call(await sign('RS256', rsa.privateKey, { iat: seconds() + 412 }))).toBe(401);
    expect(await call(await sign('HS256', createSecretKey(Buffer.from(publicKey))))).toBe(401);
    expect(await call(bearer(new UnsecuredJWT({ ...claims, exp: seconds() + 60 }).encode()))).toBe(401);
    expect(await call({})).toBe(401);
    expect((await reasons(7)).slice(1)).toEqual([
      expect.stringMatching(/^The token ended 10\d s ago\.$/),
      'The token\'s "aud" is not the one set here, or not one of those.',
      expect.stringMatching(/^The token says that it was issued 41\d s from now\.$/),
      'No key is set here that a token signed with HS256 could be checked with.',
      'The token is not a signed JSON Web Token.',
      'The header "authorization" is missing.',
    ]);
    expect(await listExecutions(host.api, key)).toHaveLength(1);
  });

  it('ES256, with a key set that is fetched once and knows the next key when it comes', async () => {
    internet.pages.set(JWKS_URL, jwks(['2029', old.publicKey]));
    const auth: JwtAuth = { type: 'jwt', algorithms: ['ES256'], ...claims, jwksUrl: JWKS_URL };
    const { key, call, reasons } = await webhook(auth);
    expect(await call(await sign('ES256', old.privateKey, {}, '2029'))).toBe(200);
    expect(await call(await sign('ES256', old.privateKey, {}, '2029'))).toBe(200);
    await finishedExecutions(host.api, key, 2);
    expect(internet.calls).toEqual([JWKS_URL]);

    // One key more, which nobody here has heard of: asked for at most twice a minute.
    expect(await call(await sign('ES256', next.privateKey, {}, '2030'))).toBe(401);
    expect(await call(await sign('ES256', next.privateKey, {}, '2031'))).toBe(401);
    expect(internet.calls).toEqual([JWKS_URL]);
    expect((await reasons(4)).slice(2)).toEqual(
      Array(2).fill('No key is set here that a token signed with ES256 could be checked with.'),
    );
  });

  it('believes no host whose certificate is for another', async () => {
    const before = internet.calls.length;
    internet.pages.set(`https://${FALSE_HOST}/jwks.json`, jwks(['2029', old.publicKey]));
    const jwksUrl = `https://${FALSE_HOST}/jwks.json`;
    const { call, reasons } = await webhook({ type: 'jwt', algorithms: ['ES256'], jwksUrl });
    expect(await call(await sign('ES256', old.privateKey, {}, '2029'))).toBe(401);
    expect(await reasons(1)).toEqual([expect.stringMatching(/public keys can't be had: .*certificate's altnames/)]);
    expect(internet.calls).toHaveLength(before);
  });

  it('calls no address of a private network for a key set', async () => {
    const before = internet.calls.length;
    internet.pages.set(`https://${PRIVATE_HOST}/jwks.json`, jwks(['2029', old.publicKey]));
    for (const [jwksUrl, why] of [
      [`https://${PRIVATE_HOST}/jwks.json`, `"${PRIVATE_HOST}" does not resolve to public addresses only.`],
      [`https://localhost/jwks.json`, '"localhost" does not resolve to public addresses only.'],
      ['https://169.254.169.254/jwks.json', 'The host "169.254.169.254" is not allowed.'],
    ] as const) {
      const { call, reasons } = await webhook({ type: 'jwt', algorithms: ['ES256'], jwksUrl });
      expect(await call(await sign('ES256', old.privateKey, {}, '2029'))).toBe(401);
      expect(await reasons(1)).toEqual([`The public keys can't be had: ${why}`]);
    }
    expect(internet.calls).toHaveLength(before);
  });
});

describe('a client certificate', () => {
  const auth: WebhookAuth = {
    type: 'mtls',
    verifyHeader: 'X-SSL-Client-Verify',
    verifyValue: 'SUCCESS',
    identityHeader: 'X-SSL-Client-S-DN',
    allowed: ['CN=shop,O=Example'],
  };
  const shop = { 'x-ssl-client-verify': 'SUCCESS', 'x-ssl-client-s-dn': 'CN=shop,O=Example' };

  it('is believed if a trusted proxy says so, and nobody else', async () => {
    const { key, call, reasons } = await webhook(auth);
    expect(await call(shop)).toBe(200);
    const [execution] = await finishedExecutions(host.api, key);
    expect(execution?.context).toMatchObject({ data: { a: 1 } });

    expect(await call({ ...shop, 'x-ssl-client-verify': 'FAILED:unable to verify' })).toBe(401);
    expect(await call({ ...shop, 'x-ssl-client-s-dn': 'CN=stranger' })).toBe(401);
    expect(await call({ 'x-ssl-client-s-dn': 'CN=shop,O=Example' })).toBe(401);
    // The very same request, once nobody is a trusted proxy any more.
    await host.api.action('webhookSettings:save', { trustedProxies: [] });
    expect(await call(shop)).toBe(401);
    await host.api.action('webhookSettings:save', { trustedProxies: ['loopback'] });
    expect(await call(shop)).toBe(200);

    expect(await reasons(6)).toEqual([
      'succeeded',
      'The proxy says "FAILED:unable to verify" of the client certificate.',
      'The client certificate of "CN=stranger" is not one that is let in here.',
      'The header "x-ssl-client-verify" is missing.',
      'The request did not come from a trusted proxy, so its word on a certificate does not count.',
      expect.any(String),
    ]);
  });
});
