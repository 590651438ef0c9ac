import type { Browser, Locator, Page } from 'playwright-core';
import type { Overview } from '../../src/common/overview';
import { sharedHost, unique } from '../support/hosts';
import { addNode, createWebhook, waitFor, type WorkflowRecord } from '../support/workflows';
import { signedInPage, startBrowser } from './support/browser';
import { LANES, WorkflowEditor } from './support/WorkflowEditor';

jest.setTimeout(300_000);

const TOKEN = 'a token that is long enough';
const PAGE = 'settings/nocobase-plugin-workflow-webhook';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser?.close());

describe.each(LANES)('all webhooks in the $lane client', (lane) => {
  const name = unique('Overview ');
  const { api, url, webhook } = sharedHost('postgres');
  let orders: WorkflowRecord;
  let page: Page;
  let editor: WorkflowEditor;

  const call = ({ key }: WorkflowRecord, token = TOKEN) =>
    fetch(webhook(key), { method: 'POST', headers: { 'x-token': token }, body: '{}' });
  const row = (title: string): Locator => page.locator('.ant-table-row').filter({ hasText: title });
  const rows = () => page.locator('.ant-table-row').count();

  beforeAll(async () => {
    const auth = { type: 'token' as const, in: 'header' as const, name: 'x-token', secrets: [TOKEN] };
    orders = await createWebhook(api, { auth }, { title: `${name} orders` });
    const calculations = [{ calculator: 'equal', operands: [1, 2] }];
    await addNode(api, orders, {
      type: 'condition',
      config: { rejectOnFalse: true, engine: 'basic', calculation: { group: { type: 'and', calculations } } },
    });
    const pushes = { type: 'provider' as const, provider: 'github', secrets: [] };
    await createWebhook(api, { auth: pushes, events: ['push'] }, { title: `${name} pushes` });
    await createWebhook(api, { auth }, { title: `${name} old`, enabled: false });
    const many = await createWebhook(api, { auth }, { title: `${name} stock` });
    const calls = [
      ...Array.from({ length: 12 }, () => call(many)),
      ...Array.from({ length: 3 }, () => call(orders)),
      ...Array.from({ length: 4 }, () => call(orders, 'wrong')),
    ];
    await Promise.all(calls);
    await waitFor('the counts', 30_000, async () => {
      const { webhooks } = await api.get<Overview>('webhookEndpoints:overview');
      const found = webhooks.find(({ key }) => key === orders.key);
      return found?.failed === 3 && found.refused === 4;
    });
    page = await signedInPage(browser, url, `overview-${lane.lane}`);
    editor = new WorkflowEditor(page, url, lane);
    await page.goto(`${url}${lane.base}/${PAGE}`);
    await page.getByRole('textbox', { name: 'Name, service, event or path' }).fill(name);
    await row(`${name} orders`).waitFor();
  });

  afterAll(() => page?.context().close());

  test('are on the first page, with how they stand and how much they are called', async () => {
    await waitFor('only its own', 10_000, async () => (await rows()) === 4);
    await row(`${name} pushes`).getByText('Enter the secret').waitFor();
    await row(`${name} pushes`).getByText('GitHub · push').waitFor();
    await row(`${name} old`).getByText('Off', { exact: true }).waitFor();
    await row(`${name} orders`).getByText('100%').waitFor();
    await row(`${name} orders`)
      .getByRole('img', { name: '7 calls within a day, 4 of them refused; 3 runs failed' })
      .waitFor();
    const tabs = ['Overview', 'Deliveries', 'Network'].map((tab) => page.getByText(tab, { exact: true }).first());
    const places = await Promise.all(tabs.map(async (tab) => (await tab.boundingBox())?.x));
    expect(places).toEqual([...places].sort((a, b) => Number(a) - Number(b)));
    // What needs somebody most comes first.
    expect(await page.locator('.ant-table-row').first().innerText()).toContain('orders');
    await editor.picture('overview');
  });

  test('are told apart by what is to be done', async () => {
    await page.getByText(/^To do \d+$/).click();
    await waitFor('those to be done', 10_000, async () => (await rows()) === 1);
    await page.getByText(/^All \d+$/).click();
    await waitFor('all', 10_000, async () => (await rows()) === 4);
  });

  test('are held back, and let go on', async () => {
    const toggle = row(`${name} stock`).getByRole('switch');
    await toggle.click();
    await page
      .locator('.ant-popover:not(.ant-popover-hidden)')
      .getByRole('button', { name: 'OK', exact: true })
      .click();
    await row(`${name} stock`).getByText('Paused', { exact: true }).waitFor();
    await editor.picture('overview-paused');
    await toggle.click();
    await row(`${name} stock`).getByText('On', { exact: true }).waitFor();
  });

  test('lead to their deliveries, and a bar of the chart to those of its time', async () => {
    await row(`${name} orders`).getByRole('link', { name: 'Deliveries' }).click();
    const chart = page.getByRole('group', { name: /3 calls accepted, 4 refused, 3 runs failed/ });
    await chart.waitFor();
    await waitFor('its deliveries', 10_000, async () => (await rows()) === 7);
    await editor.picture('chart');
    // By keyboard: Tab leads to the last bar, which is under way.
    const last = chart.getByRole('button').last();
    await last.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.getByText('No delivery meets the filters.').waitFor();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await waitFor('its deliveries again', 10_000, async () => (await rows()) === 7);
    await editor.picture('chart-range');
    await page.getByRole('button', { name: 'Show all times' }).click();
    expect(await page.locator('table caption').filter({ hasText: 'Calls over time' }).count()).toBe(1);
    await page.getByText('Month', { exact: true }).click();
    await chart.waitFor();
    await editor.picture('chart-month');
  });

  test('are drawn in the colours of the theme', async () => {
    const themes = await api.get<{ id: number; uid: string }[]>('themeConfig:list');
    const dark = themes.find(({ uid }) => uid === 'dark');
    try {
      await api.action('users:updateTheme', { themeId: dark?.id });
      await page.goto(`${url}${lane.base}/${PAGE}`);
      await page.getByRole('textbox', { name: 'Name, service, event or path' }).fill(name);
      await row(`${name} orders`).waitFor();
      await editor.picture('overview-dark');
      await page.goto(`${url}${lane.base}/${PAGE}/deliveries?key=${orders.key}`);
      await page.getByRole('group', { name: /3 calls accepted, 4 refused, 3 runs failed/ }).waitFor();
      await editor.picture('chart-dark');
    } finally {
      await api.action('users:updateTheme', { themeId: null });
    }
  });
});
