import type { Browser, Page } from 'playwright-core';
import type { Host } from '../../scripts/host';
import type { WebhookSettings } from '../../src/common/settings';
import { ownHost, unique } from '../support/hosts';
import { createWebhook } from '../support/workflows';
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
});
