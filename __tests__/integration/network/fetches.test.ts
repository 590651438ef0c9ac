import type { Host } from '../../../scripts/host';
import { ownHost, unique } from '../../support/hosts';
import { inventedTransmission, jwtIssuer, type JwtIssuer } from '../../support/jwtIssuer';
import { TestInternet } from '../../support/TestInternet';
import { createWebhook } from '../../support/workflows';

const internet = new TestInternet();
let host: Host;

beforeAll(async () => {
  host = await ownHost({ env: await internet.open() });
}, 180_000);
afterAll(async () => {
  await host?.remove();
  await internet.close();
});

const urlOf = (path: string) => `${host.url}${host.apiPath}webhooks/${path}`;

async function jwtWebhook(issuer: JwtIssuer): Promise<{ url: string; jwksUrl: string }> {
  const path = unique('jwt-');
  const jwksUrl = `https://keys.example.com/${path}.json`;
  internet.pages.set(jwksUrl, issuer.jwks);
  await createWebhook(host.api, { path, auth: { type: 'jwt', algorithms: ['ES256'], secrets: [], jwksUrl } });
  return { url: urlOf(path), jwksUrl };
}

const callWith = async (url: string, token: string) =>
  (await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` } })).status;

/** Calls to a PayPal webhook that each name a certificate which isn't there, from many addresses. */
async function inventCertificates(count: number): Promise<void> {
  const path = unique('paypal-');
  await createWebhook(host.api, {
    path,
    auth: { type: 'provider', provider: 'paypal', secrets: ['4JH86294D6297924G'] },
  });
  for (let number = 0; number < count; number++) {
    const headers = { ...inventedTransmission(number), 'x-forwarded-for': `198.51.100.${number % 250}` };
    expect((await fetch(urlOf(path), { method: 'POST', headers, body: '{}' })).status).toBe(401);
  }
}

it('fetches the key set of a webhook whatever certificates strangers name at another one', async () => {
  await inventCertificates(150);
  const issuer = jwtIssuer('1');
  const { url } = await jwtWebhook(issuer);
  expect(await callWith(url, issuer.token())).toBe(200);
});

it('takes known keys while strangers name unknown ones, and asks for the set once', async () => {
  const issuer = jwtIssuer('1');
  const { url, jwksUrl } = await jwtWebhook(issuer);
  expect(await callWith(url, issuer.token())).toBe(200);
  const statuses = await Promise.all(
    Array.from({ length: 40 }, (_, i) => callWith(url, i % 2 ? issuer.token() : jwtIssuer(`invented-${i}`).token())),
  );
  expect(statuses).toEqual(statuses.map((_status, i) => (i % 2 ? 200 : 401)));
  expect(internet.calls.filter((called) => called === jwksUrl)).toHaveLength(1);
});
