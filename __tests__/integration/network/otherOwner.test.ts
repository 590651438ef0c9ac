import type { Host } from '../../../scripts/host';
import { ownHost, unique } from '../../support/hosts';
import { createWebhook } from '../../support/workflows';

jest.setTimeout(180_000);

describe('an app with collections that are called as our URLs begin', () => {
  let host: Host;
  const path = unique('hook-');

  beforeAll(async () => {
    host = await ownHost();
    // Without such collections, what leads nowhere is ours to refuse.
    for (const to of ['webhooks/1', 'webhook:trigger/1']) {
      const answer = await host.api.request(to, { method: 'POST', json: {} });
      expect([to, answer.status, await answer.text()]).toEqual([to, 404, expect.stringContaining('WEBHOOK_NOT_FOUND')]);
    }
    for (const name of ['webhooks', 'webhook']) {
      await host.api.action('collections:create', {
        name,
        fields: [{ name: 'title', type: 'string' }],
      });
    }
    await createWebhook(host.api, { path, response: { body: { hook: true } } });
    await createWebhook(host.api, { path: '7', response: { body: { hook: 7 } } });
  });
  afterAll(() => host?.remove());

  it('its records can be reached by their paths, bodies and all', async () => {
    const { api } = host;
    const { id } = await api.action<{ id: number }>('webhooks:create', { title: 'first' });
    expect(await api.get(`webhooks/${id}`)).toMatchObject({ id, title: 'first' });
    const updated = await api.request(`webhooks/${id}`, { method: 'PUT', json: { title: 'second' } });
    expect(updated.status).toBe(200);
    expect(await api.get(`webhooks/${id}`)).toMatchObject({ title: 'second' });
    expect(await api.get('webhooks:list')).toHaveLength(1);
    // Whose permissions count is up to NocoBase, and so is what it says of a page's origin.
    expect((await fetch(`${api.base}webhooks/${id}`)).status).toBe(401);
    const preflight = await fetch(`${api.base}webhooks/${id}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'PUT' },
    });
    expect(preflight.status).toBe(204);
  });

  it('webhooks come first', async () => {
    const call = async (to: string) => (await fetch(`${host.api.base}webhooks/${to}`, { method: 'POST' })).json();
    expect(await call(path)).toEqual({ hook: true });
    expect(await call('7')).toEqual({ hook: 7 });
  });
});
