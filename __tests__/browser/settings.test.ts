import type { Browser, Page } from 'playwright-core';
import type { Host } from '../../scripts/host';
import type { WebhookSettings } from '../../src/common/settings';
import { ownHost, unique } from '../support/hosts';
import { hmacHex, JSON_TYPE } from '../support/providerSigning';
import { createWebhook, finishedExecutions } from '../support/workflows';
import { signedInPage, startBrowser } from './support/browser';
import { LANES, WorkflowEditor } from './support/WorkflowEditor';

// A page of NocoBase takes seconds to load, and beside other tests many of them.
jest.setTimeout(300_000);

let browser: Browser;
// Its own: with a public URL, what other tests sign for the shared host's own URL would be refused.
let host: Host;

beforeAll(async () => {
  [browser, host] = await Promise.all([startBrowser(), ownHost()]);
});

afterAll(async () => {
  await browser?.close();
  await host?.remove();
});

describe.each(LANES)('the settings page in the $lane client', (lane) => {
  let page: Page;
  let editor: WorkflowEditor;

  beforeAll(async () => {
    page = await signedInPage(browser, host.url, `settings-${lane.lane}`);
    page.setDefaultTimeout(60_000);
    editor = new WorkflowEditor(page, host.url, lane);
    await page.goto(`${host.url}${lane.base}/settings/nocobase-plugin-workflow-webhook/network`);
    await page.getByText('How the server sees this browser').waitFor();
  });

  afterAll(() => host.api.action('webhookSettings:save', { publicUrl: '', trustedProxies: ['loopback'] }));

  const save = () => page.getByRole('button', { name: 'Save' }).click();
  const publicUrl = () => page.getByLabel('Public URL', { exact: true });
  const saved = () => host.api.get<WebhookSettings>('webhookSettings:get');

  test('says what is wrong with a public URL', async () => {
    await publicUrl().fill('hooks.example.com');
    await save();
    await page.getByText('The public URL must begin with https:// or http://.').waitFor();
    await editor.picture('settings-problem');
    expect(await saved()).toMatchObject({ publicUrl: '', sources: { publicUrl: 'default' } });
  });

  test('saves both settings, and shows them as they are in force', async () => {
    await publicUrl().fill('https://hooks.example.com/nocobase/');
    await editor.field('Trusted proxies', page.locator('body')).locator('.ant-select').click();
    await page.keyboard.type('10.0.0.0/8');
    await page.keyboard.press('Enter');
    await save();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    expect(await publicUrl().inputValue()).toBe('https://hooks.example.com/nocobase');
    await editor.picture('settings');
    expect(await saved()).toMatchObject({
      publicUrl: 'https://hooks.example.com/nocobase',
      trustedProxies: ['loopback', '10.0.0.0/8'],
    });
  });

  test('a webhook then shows the public URL, and calls it from a shell', async () => {
    const workflow = await createWebhook(host.api, {}, { title: unique('Public ') });
    await editor.openById(workflow.id);
    await editor.openTrigger();
    const section = await editor.section('URL');
    const called = `https://hooks.example.com/nocobase/api/webhooks/${workflow.key}`;
    await section.getByRole('group', { name: 'Webhook URL' }).getByText(called, { exact: true }).waitFor();
    expect(await section.getByRole('group', { name: 'Shell command' }).innerText()).toContain(`'${called}'`);
    await editor.picture('settings-url', section);
    await editor.cancel();
  });

  const post = async (key: string, from: string, body: string, headers: Record<string, string> = {}) => {
    const init = { method: 'POST', body, headers: { ...JSON_TYPE, 'x-forwarded-for': from, ...headers } };
    return (await fetch(`${host.url}${host.apiPath}webhooks/${key}`, init)).status;
  };

  test('a webhook whose callers all have one address warns of that, above its settings', async () => {
    await host.api.action('webhookSettings:save', { trustedProxies: [] });
    const { id, key } = await createWebhook(host.api, { dedupe: null }, { title: unique('Proxied ') });
    for (let caller = 1; caller <= 25; caller++) {
      expect(await post(key, `203.0.113.${caller}`, '{}')).toBe(200);
    }
    await editor.openById(id);
    await editor.openTrigger();
    const warning = editor.drawer.getByRole('alert').filter({ hasText: 'All callers have the address 127.0.0.1' });
    await warning.waitFor();
    expect(await warning.innerText()).toContain('came through a proxy that is not trusted');
    await editor.picture('panel-shared-address');
    await editor.cancel();
    await host.api.action('webhookSettings:save', { trustedProxies: ['loopback'] });
  });

  test('secrets that were handed over are shown, one is confirmed, others are discarded', async () => {
    const auth = { type: 'provider', provider: 'notion', secrets: [] } as const;
    const { id, key } = await createWebhook(host.api, { auth: { ...auth, secrets: [] }, dedupe: null });
    const [planted, real] = [unique('secret_planted'), unique('secret_real')];
    const handOver = (token: string, from: string) => post(key, from, JSON.stringify({ verification_token: token }));
    const send = (token: string) =>
      post(key, '198.51.100.7', '{"id":"1"}', { 'x-notion-signature': `sha256=${hmacHex(token, '{"id":"1"}')}` });
    expect(await handOver(planted, '203.0.113.66')).toBe(200);
    await editor.openById(id);
    await editor.openTrigger();
    const section = await editor.section('Verification');
    const items = section.getByRole('list', { name: 'Handed over by the service' }).getByRole('listitem');
    const item = (text: string) => items.filter({ hasText: text });
    const discard = async (text: string) => {
      await item(text).getByRole('button', { name: 'Discard' }).click();
      await page.locator('.ant-popconfirm:visible').getByRole('button', { name: 'Discard' }).click();
      await item(text).waitFor({ state: 'detached' });
    };
    await item(planted).waitFor();
    // The true one comes while the panel is open.
    expect(await handOver(real, '198.51.100.7')).toBe(200);
    await item(real).waitFor();
    const texts = await items.allInnerTexts();
    expect(texts).toEqual([
      expect.stringMatching(/Not confirmed\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d, from 198\.51\.100\.7/),
      expect.stringMatching(/Not confirmed\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d, from 203\.0\.113\.66/),
    ]);
    await section.getByText('Every call is refused until one that the service handed over is confirmed').waitFor();
    expect([await send(planted), await send(real)]).toEqual([401, 401]);
    await editor.picture('captured-waiting', section);

    await discard(planted);
    await item(real).getByRole('button', { name: 'Confirm' }).click();
    await item(real).getByText('Confirmed', { exact: true }).waitFor();
    expect(await section.getByText('Every call is refused').count()).toBe(0);
    await editor.picture('captured-confirmed', section);
    expect([await send(planted), await send(real)]).toEqual([401, 200]);
    await finishedExecutions(host.api, key);

    // The version has run: nothing else of it can be changed.
    await editor.openById(id);
    await editor.openTrigger();
    await editor.section('Verification');
    await item(real).waitFor();
    await editor.picture('captured-read-only', section);
    await discard(real);
    expect(await send(real)).toBe(401);
    await editor.cancel();
  });
});
