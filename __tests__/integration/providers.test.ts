import { randomBytes } from 'node:crypto';
import { loggedDeliveries } from '../support/deliveries';
import { sharedHost } from '../support/hosts';
import { SENDERS, secretOf } from '../support/providerCalls';
import type { ProviderCall } from '../support/ProviderSender';
import { createWebhook, finishedExecutions, listExecutions } from '../support/workflows';

const host = sharedHost('postgres');
const { api } = host;

function send(url: string, { query, headers, body }: ProviderCall): Promise<Response> {
  return fetch(query ? `${url}?${new URLSearchParams(query)}` : url, { method: 'POST', headers, body });
}

/** One byte of the body is another. */
function tampered(call: ProviderCall): ProviderCall {
  const bytes = Buffer.from(call.body);
  const middle = bytes.findIndex((byte, index) => index >= bytes.length / 2 && byte >= 0x61 && byte < 0x7a);
  bytes[middle] = (bytes[middle] ?? 0) + 1;
  return { ...call, body: bytes.toString() };
}

describe("what a provider's own SDK makes, through the front door", () => {
  it.each(SENDERS.map((sender) => [sender.provider, sender.sdk, sender] as const))(
    '%s (%s) is accepted, and refused with one byte changed',
    async (provider, _sdk, sender) => {
      const { key } = await createWebhook(api, {
        auth: {
          type: 'provider',
          provider,
          // The old one is still in force, and the request has to be matched with the right one.
          secrets: [
            { name: 'old', value: 'pdl_ntfset_an-older-one', expiresAt: '2999-01-01T00:00:00Z' },
            secretOf(sender),
          ],
          ...(sender.options && { options: sender.options }),
        },
      });
      const url = host.webhook(key);
      const call = await sender.call(url);

      const refused = await send(url, tampered(call));
      expect(refused.status).toBe(401);
      expect(await refused.json()).toEqual({
        errors: [{ code: 'UNVERIFIED', message: 'The request could not be verified.' }],
      });

      expect((await send(url, call)).status).toBe(200);
      const [execution] = await finishedExecutions(api, key);
      expect(execution?.context).toMatchObject({ provider });

      const deliveries = await loggedDeliveries(api, key, 2);
      expect(deliveries.map(({ status }) => status).sort()).toEqual(['rejected', 'succeeded']);
      expect(deliveries.find(({ status }) => status === 'succeeded')?.secretName).toBe(secretOf(sender).name);
      expect(deliveries.find(({ status }) => status === 'rejected')?.reason).toMatch(/^.{20}/);
      expect(await listExecutions(api, key)).toHaveLength(1);
    },
  );
});

describe('rotation', () => {
  const past = new Date(Date.now() - 60_000).toISOString();
  const future = new Date(Date.now() + 3_600_000).toISOString();
  const [old, current, next] = [0, 1, 2].map(() => randomBytes(18).toString('hex')) as [string, string, string];
  const call = (url: string, token: string) =>
    fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', 'x-api-key': token } });

  it('takes several secrets at once, says which one matched, and takes none that has expired', async () => {
    const { key } = await createWebhook(api, {
      auth: {
        type: 'token',
        in: 'header',
        name: 'x-api-key',
        secrets: [
          { name: 'last year', value: old, expiresAt: past },
          { name: 'this year', value: current, expiresAt: future },
          { name: 'next year', value: next },
        ],
      },
    });
    const url = host.webhook(key);
    expect((await call(url, old)).status).toBe(401);
    expect((await call(url, current)).status).toBe(200);
    expect((await call(url, next)).status).toBe(200);
    await finishedExecutions(api, key, 2);
    const deliveries = await loggedDeliveries(api, key, 3);
    expect(
      deliveries.map(({ status, secretName }) => `${status} ${secretName}`).sort((a, b) => a.localeCompare(b)),
    ).toEqual(['rejected null', 'succeeded next year', 'succeeded this year']);
  });

  it('says that every secret has expired', async () => {
    const { key } = await createWebhook(api, {
      auth: { type: 'token', in: 'header', name: 'x-api-key', secrets: [{ name: 'a', value: old, expiresAt: past }] },
    });
    expect((await call(host.webhook(key), old)).status).toBe(401);
    const [delivery] = await loggedDeliveries(api, key, 1);
    expect(delivery?.reason).toBe(`The secret "a" expired at ${past}.`);
  });
});
