import type { Host } from '../../../scripts/host';
import type { WebhookSettings } from '../../../src/common/settings';
import { ownHost } from '../../support/hosts';
import type { ProviderSender } from '../../support/ProviderSender';
import { secretOf, urlSigner } from '../../support/providerCalls';
import { DIALECTS } from '../../support/shared';
import { createWebhook } from '../../support/workflows';

const SIGNERS = [urlSigner('twilio'), urlSigner('square'), urlSigner('hubspot')];

/** A webhook for each provider, called as its SDK signs for some URL of the webhook. */
async function webhooks(host: Host) {
  const keys = await Promise.all(
    SIGNERS.map(async (sender) => {
      const { provider } = sender;
      const auth = { type: 'provider' as const, provider, secrets: [secretOf(sender)] };
      return { sender, key: (await createWebhook(host.api, { auth })).key };
    }),
  );
  const call = async (sender: ProviderSender, key: string, base: string, query: string) => {
    const { headers, body } = await sender.call(`${base}webhooks/${key}${query}`);
    return fetch(`${host.api.base}webhooks/${key}${query}`, { method: 'POST', headers, body });
  };
  return {
    /** What each is answered whose URL was signed with `base` in front of `webhooks/<key>`. */
    async statuses(base: string, query = ''): Promise<number[]> {
      const answers = await Promise.all(keys.map(({ sender, key }) => call(sender, key, base, query)));
      return answers.map(({ status }) => status);
    },
  };
}

const ACCEPTED = SIGNERS.map(() => 200);
const REFUSED = SIGNERS.map(() => 401);

// A host of its own: the setting holds for all webhooks of an app.
describe.each(DIALECTS)('the public URL on %s', (dialect) => {
  let host: Host;
  let hooks: Awaited<ReturnType<typeof webhooks>>;
  const settings = () => host.api.get<WebhookSettings>('webhookSettings:get');
  const save = (publicUrl: unknown) => host.api.action<WebhookSettings>('webhookSettings:save', { publicUrl });

  beforeAll(async () => {
    host = await ownHost({ dialect });
    hooks = await webhooks(host);
  }, 180_000);

  afterAll(() => host?.remove());

  it('is by each request until it is set, and then what providers sign, at once', async () => {
    const [before, set, other] = [
      host.api.base,
      'https://hooks.example.com/prefix/api/',
      'https://other.example:8443/api/',
    ];
    expect(await settings()).toMatchObject({ publicUrl: '', sources: { publicUrl: 'default' } });
    expect([await hooks.statuses(before), await hooks.statuses(set)]).toEqual([ACCEPTED, REFUSED]);

    expect(await save(' https://Hooks.Example.com:443/prefix/ ')).toMatchObject({
      publicUrl: 'https://hooks.example.com/prefix',
      sources: { publicUrl: 'settings', trustedProxies: 'default' },
    });
    expect([await hooks.statuses(set), await hooks.statuses(set, '?shop=a%20b&x')]).toEqual([ACCEPTED, ACCEPTED]);
    expect([await hooks.statuses(before), await hooks.statuses(other)]).toEqual([REFUSED, REFUSED]);
    expect(await hooks.statuses('https://hooks.example.com/api/')).toEqual(REFUSED);

    await save('https://other.example:8443');
    expect([await hooks.statuses(other), await hooks.statuses(set)]).toEqual([ACCEPTED, REFUSED]);
  });

  it('is there after a restart, and gone when it is emptied', async () => {
    await save('https://hooks.example.com');
    await host.restart();
    expect(await settings()).toMatchObject({
      publicUrl: 'https://hooks.example.com',
      sources: { publicUrl: 'settings' },
    });
    expect(await hooks.statuses('https://hooks.example.com/api/')).toEqual(ACCEPTED);
    expect(await save('')).toMatchObject({ publicUrl: '', sources: { publicUrl: 'default' } });
    expect(await hooks.statuses(host.api.base)).toEqual(ACCEPTED);
  }, 120_000);

  it.each([
    ['without a scheme', 'hooks.example.com', 'must begin with https:// or http://'],
    ['with a query', 'https://hooks.example.com/?a=1', 'no query, no fragment and no user name'],
    ['with a fragment', 'https://hooks.example.com/#a', 'no query, no fragment and no user name'],
    ['with user info', 'https://user:secret@hooks.example.com', 'no query, no fragment and no user name'],
    ['too long', `https://hooks.example.com/${'a'.repeat(500)}`, 'at most 500 characters'],
    ['a list', ['https://hooks.example.com'], 'This must be text.'],
    ['null', null, 'This must be text.'],
  ])('can not be %s', async (_what, publicUrl, message) => {
    await save('https://hooks.example.com');
    await expect(save(publicUrl)).rejects.toThrow(message);
    expect((await settings()).publicUrl).toBe('https://hooks.example.com');
  });
});

describe('the public URL of the environment', () => {
  let host: Host;
  const base = 'https://hooks.example.com/nb/api/';

  beforeAll(async () => {
    host = await ownHost({ env: { APP_PUBLIC_PATH: '/nb/', WEBHOOK_PUBLIC_URL: 'https://hooks.example.com/nb' } });
  }, 180_000);

  afterAll(() => host?.remove());

  it('wins over the page, which can still save the other setting', async () => {
    const shown = { publicUrl: 'https://hooks.example.com/nb', sources: { publicUrl: 'environment' } };
    expect(await host.api.get('webhookSettings:get')).toMatchObject(shown);
    await expect(
      host.api.action('webhookSettings:save', { publicUrl: 'https://other.example', trustedProxies: [] }),
    ).rejects.toThrow('WEBHOOK_PUBLIC_URL');
    expect(await host.api.action('webhookSettings:save', { trustedProxies: ['10.0.0.0/8'] })).toMatchObject({
      ...shown,
      trustedProxies: ['10.0.0.0/8'],
    });
  });

  it('has its prefix once where no proxy takes it off', async () => {
    expect(host.api.base).toBe(`${host.url}/nb/api/`);
    const hooks = await webhooks(host);
    expect(await hooks.statuses(base)).toEqual(ACCEPTED);
    expect(await hooks.statuses(base.replace('/nb/', '/nb/nb/'))).toEqual(REFUSED);
    expect(await hooks.statuses(host.api.base)).toEqual(REFUSED);
  });
});
