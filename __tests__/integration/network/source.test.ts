import type { WebhookSettings } from '../../../src/common/settings';
import { onEveryDatabase, unique } from '../../support/hosts';
import { createWebhook } from '../../support/workflows';

const call = (url: string, forwarded?: string) =>
  fetch(url, { method: 'POST', headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } });

onEveryDatabase('the source of a call', (host) => {
  async function webhook(ipAllowlist: string[]): Promise<string> {
    const path = unique('source-');
    await createWebhook(host.api, { path, ipAllowlist });
    return host.webhook(path);
  }

  it.each([
    ['the caller itself', ['127.0.0.1'], undefined, 200],
    ['a network that holds it', ['10.0.0.0/8', '127.0.0.0/8'], undefined, 200],
    ['another address', ['192.0.2.1'], undefined, 403],
    ['no list', [], 'garbage', 200],
    ['an address behind the proxy', ['192.0.2.0/24'], '192.0.2.7', 200],
    ['an address in IPv6', ['2001:db8::/32'], '2001:DB8:0::7', 200],
    ['an address in IPv6 with a port', ['2001:db8::/32'], '[2001:db8::7]:443', 200],
    ['IPv4 in IPv6', ['192.0.2.0/24'], '::ffff:192.0.2.7', 200],
    ['a list of IPv4 in IPv6', ['::ffff:192.0.2.0/120'], '192.0.2.7', 200],
    ['an address with a zone', ['fe80::/10'], 'fe80::7%eth0', 200],
    ['an address beside the network', ['192.0.2.0/24'], '192.0.3.7', 403],
    ['IPv6 where only IPv4 is listed', ['0.0.0.0/0'], '2001:db8::7', 403],
    ['a forged leftmost entry', ['192.0.2.7'], '192.0.2.7, 203.0.113.9', 403],
    ['the true entry behind a forged one', ['203.0.113.9'], '192.0.2.7, 203.0.113.9', 200],
    ['garbage in the proxy’s entry', ['0.0.0.0/0', '::/0'], 'unknown', 403],
    ['an octal entry', ['0.0.0.0/0', '::/0'], '0177.0.0.1', 403],
    ['a script in the entry', ['0.0.0.0/0', '::/0'], '<script>', 403],
    ['a very long header', ['192.0.2.7'], `${'1.1.1.1, '.repeat(800)}192.0.2.7`, 200],
  ])('%s', async (_what, ipAllowlist, forwarded, status) => {
    const answer = await call(await webhook(ipAllowlist), forwarded);
    expect(answer.status).toBe(status);
    if (status === 403) {
      expect(await answer.json()).toEqual({
        errors: [{ code: 'SOURCE_NOT_ALLOWED', message: 'This address may not call this webhook.' }],
      });
    }
  });

  it('refuses a list that can not be used when the workflow is saved', async () => {
    await expect(createWebhook(host.api, { ipAllowlist: ['192.0.2.0/33'] })).rejects.toThrow('192.0.2.0/33');
  });

  describe('the trusted proxies', () => {
    const settings = () => host.api.get<WebhookSettings>('webhookSettings:get');
    const save = (trustedProxies: unknown) =>
      host.api.action<WebhookSettings>('webhookSettings:save', { trustedProxies });

    afterEach(() => save(['loopback']));

    it('can be set, and count at once', async () => {
      const url = await webhook(['192.0.2.7']);
      await save(['loopback', '10.0.0.0/8']);
      expect((await call(url, '192.0.2.7, 10.1.2.3')).status).toBe(200);
      await save(['loopback']);
      expect((await call(url, '192.0.2.7, 10.1.2.3')).status).toBe(403);
      await save([]);
      expect((await call(url, '192.0.2.7')).status).toBe(403);
      expect(await settings()).toMatchObject({
        trustedProxies: [],
        sources: { trustedProxies: 'settings' },
        clientAddress: '127.0.0.1',
      });
    });

    it('are shown with how the server sees this very caller', async () => {
      await save(['loopback', '10.0.0.0/8']);
      const answer = await host.api.request('webhookSettings:get', {
        headers: { 'x-forwarded-for': '203.0.113.9, 192.0.2.7, 10.1.2.3' },
      });
      expect(((await answer.json()) as { data: WebhookSettings }).data).toEqual({
        trustedProxies: ['loopback', '10.0.0.0/8'],
        publicUrl: '',
        sources: { trustedProxies: 'settings', publicUrl: 'default' },
        clientAddress: '192.0.2.7',
        socketAddress: expect.stringContaining('127.0.0.1') as string,
        forwardedFor: ['203.0.113.9', '192.0.2.7', '10.1.2.3'],
        rateLimitStore: 'memory',
      });
    });

    it.each([[['everyone']], [['0.0.0.0/0']], ['loopback'], [undefined], [[1]]])('can not be %j', async (list) => {
      await expect(save(list)).rejects.toThrow('answered 400');
      expect((await settings()).sources.trustedProxies).toBe('settings');
    });

    it('are nobody’s business who is not signed in, or has no permission', async () => {
      expect((await fetch(`${host.api.base}webhookSettings:get`)).status).toBe(401);
      const email = `${unique('u')}@example.com`;
      await host.api.action('users:create', { email, password: 'secret123', roles: ['member'] });
      const token = await new (host.api.constructor as new (base: string) => typeof host.api)(host.api.base).signIn({
        email,
        password: 'secret123',
      });
      for (const action of ['get', 'save']) {
        const answer = await fetch(`${host.api.base}webhookSettings:${action}`, {
          method: action === 'get' ? 'GET' : 'POST',
          headers: { authorization: `Bearer ${token}` },
        });
        expect(answer.status).toBe(403);
      }
    });
  });
});
