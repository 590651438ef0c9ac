import type { Browser, Locator, Page } from 'playwright-core';
import type { DeliverySummary } from '../../src/common/deliveriesApi';
import { sharedHost, unique } from '../support/hosts';
import { createWebhook, finishedExecutions, waitFor, type WorkflowRecord } from '../support/workflows';
import { signedInPage, startBrowser } from './support/browser';
import { LANES, WorkflowEditor } from './support/WorkflowEditor';

jest.setTimeout(300_000);

const TOKEN = 'a token that is long enough';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser?.close());

describe.each(LANES)('deliveries in the $lane client', (lane) => {
  const title = unique('Orders ');
  const { api, url, webhook } = sharedHost('postgres');
  let workflow: WorkflowRecord;
  let page: Page;
  let editor: WorkflowEditor;

  const call = (n: number, headers: Record<string, string> = {}) =>
    fetch(webhook(workflow.key), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ order: n }),
    });

  const row = (text: string): Locator => page.locator('.ant-table-row').filter({ hasText: text });

  beforeAll(async () => {
    workflow = await createWebhook(
      api,
      { auth: { type: 'token', in: 'header', name: 'x-token', secrets: [{ name: 'main', value: TOKEN }] } },
      { title },
    );
    expect((await call(1)).status).toBe(401);
    expect((await call(2, { 'x-token': TOKEN })).status).toBe(200);
    await waitFor('both in the log', 30_000, async () => {
      const filter = JSON.stringify({ key: workflow.key });
      const rows = await api.get<DeliverySummary[]>('webhookDeliveries:list', { filter });
      return rows.length === 2 && rows.every(({ finishedAt }) => finishedAt !== null);
    });
    page = await signedInPage(browser, url, `deliveries-${lane.lane}`);
    editor = new WorkflowEditor(page, url, lane);
  });

  // Where a test failed, this shows on what.
  afterEach(async () => {
    await editor?.picture(
      `deliveries after ${expect
        .getState()
        .currentTestName?.replace(/^.*client /, '')
        .replace(/\W+/g, ' ')}`,
    );
  });

  test('the settings have a page with what was taken and what was refused', async () => {
    await page.goto(`${url}${lane.base}/settings/nocobase-plugin-workflow-webhook/deliveries`);
    await page.getByRole('button', { name: 'Refresh' }).waitFor();
    await page.locator('.ant-select').filter({ hasText: 'Workflow' }).click();
    await page.keyboard.type(title);
    await page.locator('.ant-select-item-option').filter({ hasText: title }).first().click();
    await row('Rejected').first().waitFor();
    await row('Succeeded').first().waitFor();
    await waitFor('only its own', 10_000, async () => (await page.locator('.ant-table-row').count()) === 2);
    await editor.picture('deliveries-page');
  });

  test("the webhook's panel opens its own", async () => {
    await editor.open(title);
    await editor.openTrigger();
    await editor.drawer.getByRole('button', { name: 'Deliveries' }).click();
    await row('Rejected').waitFor();
    await editor.picture('deliveries-panel');
  });

  test('it says why a call was refused', async () => {
    await row('Rejected').getByRole('button').click();
    await editor.drawer.getByText('The header "x-token" is missing.').waitFor();
    await editor.picture('delivery-rejected');
    await closeDrawer();
  });

  test('a delivery is shown with its execution, and replayed', async () => {
    await row('Succeeded').first().getByRole('button').click();
    await editor.drawer.getByText('[redacted]').waitFor();
    const [execution] = await finishedExecutions(api, workflow.key);
    const href = await editor.drawer.getByRole('link', { name: String(execution?.id) }).getAttribute('href');
    expect(href).toBe(`${lane.base}/settings/workflow/executions/${execution?.id}`);
    await editor.picture('delivery-succeeded');
    await editor.drawer.getByRole('button', { name: /Replay$/ }).click();
    await editor.drawer.getByText('Replay of').waitFor();
    expect((await finishedExecutions(api, workflow.key, 2))[0]?.context.data).toEqual({ order: 2 });
    await editor.picture('delivery-replay');
  });

  test('it is edited and replayed', async () => {
    await editor.drawer.getByRole('button', { name: 'Edit and replay' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit and replay' });
    await dialog.getByLabel('Body').fill('{"order": ');
    await dialog.getByText('This is not valid JSON.').waitFor();
    await dialog.getByLabel('Body').fill('{"order": 3}');
    await editor.picture('delivery-edit');
    await dialog.getByRole('button', { name: /Replay$/ }).click();
    expect((await finishedExecutions(api, workflow.key, 3))[0]?.context.data).toEqual({ order: 3 });
    await closeDrawer();
  });

  test('all that meet the filters are replayed', async () => {
    await page.getByRole('button', { name: 'Replay all' }).click();
    await confirm();
    // Of a call that was not verified the body is not kept, so it can only be replayed with one typed in.
    await page.getByText('3 of 4 replayed, 1 could not be').waitFor();
    await editor.picture('deliveries-replayed');
    await finishedExecutions(api, workflow.key, 6);
  });

  test('deliveries are held back until it is resumed', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await confirm();
    await page.getByText('Paused', { exact: true }).waitFor();
    expect((await call(9, { 'x-token': TOKEN })).status).toBe(200);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await row('Received').waitFor();
    await editor.picture('deliveries-paused');
    await page.getByRole('button', { name: 'Resume' }).click();
    await row('Received').waitFor({ state: 'hidden' });
  });

  function confirm(): Promise<void> {
    return page
      .locator('.ant-popover:not(.ant-popover-hidden)')
      .getByRole('button', { name: 'OK', exact: true })
      .click();
  }

  async function closeDrawer(): Promise<void> {
    const { drawer } = editor;
    await drawer.locator('.ant-drawer-close').click();
    await page.getByText('Delivery', { exact: true }).last().waitFor({ state: 'hidden' });
  }
});
