import { sign } from '@octokit/webhooks-methods';
import type { Browser, Page } from 'playwright-core';
import type { Host } from '../../scripts/host';
import { createInstalledHost } from '../../scripts/host/template';
import { join } from 'node:path';
import { packedPlugin, sharedHost, unique } from '../support/hosts';
import { WORK_DIR } from '../support/shared';
import { waitFor } from '../support/workflows';
import { clipboard, signedInPage, startBrowser } from './support/browser';
import { uploadPlugin } from './support/pluginManager';
import { LANES, WorkflowEditor } from './support/WorkflowEditor';

// A page of NocoBase takes seconds to load, and beside other tests many of them.
jest.setTimeout(600_000);

const SECRET = 'a secret that is long enough';
const PUSH = JSON.stringify({
  ref: 'refs/heads/main',
  repository: { full_name: 'octo/hello', private: false },
  commits: [],
});

let browser: Browser;
/** Without the plugin at first: the legacy client uploads it. */
let bare: Host | undefined;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
  await bare?.remove();
});

describe.each(LANES)('the $lane client', (lane) => {
  const title = unique('Pushes ');
  const path = unique('push-');
  let page: Page;
  let editor: WorkflowEditor;
  /** As the panel shows it and the copy button gives it. */
  let url: string;

  beforeAll(async () => {
    const host = lane.lane === 'legacy' ? await startBare() : sharedHost('postgres');
    page = await signedInPage(browser, host.url, lane.lane);
    if (lane.lane === 'legacy') {
      await uploadPlugin(page, host.url, packedPlugin());
    }
    editor = new WorkflowEditor(page, host.url, lane);
  });

  // Where a test failed, this shows on what.
  afterEach(async () => {
    await editor?.picture(
      `after ${expect
        .getState()
        .currentTestName?.replace(/^.*client /, '')
        .replace(/\W+/g, ' ')}`,
    );
  });

  test('a webhook is made by clicking', async () => {
    await editor.create(title);
    await editor.openTrigger();
    const route = await editor.section('Methods and path');
    await route.getByLabel('Custom path', { exact: true }).fill(`${path}/:team`);

    const auth = await editor.section('Verification');
    await editor.choose(editor.field('Verify a call by', auth).locator('.ant-select'), /A known service/);
    await editor.choose(editor.field('Service', auth).locator('.ant-select'), 'GitHub');
    await auth.getByPlaceholder('Webhook secret').fill(SECRET);
    await editor.picture('verification', auth);

    const variables = await editor.section('Variables');
    await variables.getByRole('button', { name: 'From a sample' }).first().click();
    await variables.getByLabel('Paste a JSON body.').fill(PUSH);
    await editor.picture('variables-sample', variables);
    await variables.getByRole('button', { name: 'Add its variables' }).click();
    expect(await variables.getByLabel('Name of variable 3').inputValue()).toBe('repository.full_name');
    await editor.picture('variables', variables);
    await editor.submit();
  });

  test('its secret is stored and not shown, its URL is copied', async () => {
    await editor.openTrigger();
    const auth = await editor.section('Verification');
    expect(await auth.getByText('Stored, encrypted').count()).toBe(1);
    await editor.picture('verification-stored', auth);

    const urls = await editor.section('URL');
    expect(await urls.getByText('This workflow is not enabled').count()).toBe(1);
    await urls.getByRole('group', { name: 'URL with the custom path' }).getByRole('button', { name: 'Copy' }).click();
    url = (await clipboard(page)).replace(':team', 'blue');
    expect(url).toMatch(new RegExp(`^http://127.0.0.1:\\d+/api/webhooks/${path}/blue$`));
    await editor.picture('url', urls);
    await editor.cancel();
  });

  test("a node's variable picker offers what was declared", async () => {
    await editor.addNode('Calculation');
    await editor.openNode('Calculation');
    const picker = editor.drawer.getByRole('button', { name: 'x', exact: true }).last();
    await editor.pickVariable(picker, 'Trigger variables', 'Body', 'repository', 'full_name');
    await editor.picture('variable-picker');
    expect(await editor.drawer.innerText()).toMatch(/repository\s*\/\s*full_name/);
    await editor.submit();
  });

  test('calls are verified, and runs show in the history', async () => {
    await editor.enable();
    const call = (headers: Record<string, string>) =>
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: PUSH });
    expect((await call({})).status).toBe(401);
    expect((await call({ 'x-hub-signature-256': await sign(SECRET, PUSH) })).status).toBe(200);

    const statuses = await waitFor('the run in the history', 60_000, async () => {
      const shown = await editor.history(title);
      return shown.includes('Resolved') ? shown : null;
    });
    await editor.picture('history');
    expect(statuses).toEqual(['Resolved']);
  });

  test('what has run can only be read, and its URL still be copied', async () => {
    await editor.open(title);
    await editor.openTrigger();
    expect(await editor.drawer.getByLabel('Custom path', { exact: true }).isDisabled()).toBe(true);
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await editor.drawer.getByRole('group', { name: 'Webhook URL' }).getByRole('button', { name: 'Copy' }).click();
    expect(await clipboard(page)).toMatch(/\/api\/webhooks\/\w+$/);
    await editor.picture('read-only');
    await editor.cancel();
  });

  test('it is executed by hand, with a body typed in', async () => {
    const dialog = await editor.openManualRun();
    await dialog.getByLabel('Path parameter team').fill('red');
    await dialog.getByLabel('Body', { exact: true }).fill(PUSH);
    await editor.picture('manual-run');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Workflow executed, the result status is').waitFor();
    expect(await editor.history(title)).toEqual(['Resolved', 'Resolved']);
  });

  test("a synchronous workflow answers with its run's variables", async () => {
    const sync = unique('Sum ');
    await editor.create(sync, { sync: true });
    await editor.addNode('Calculation');
    await editor.openNode('Calculation');
    await editor.drawer.locator('[contenteditable=true]').first().fill('6*7');
    await editor.submit();

    await editor.openTrigger();
    const response = await editor.section('Response');
    const body = response.locator('textarea').first();
    await body.fill('{"sum": ""}');
    await body.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(9, 9));
    const picker = response.getByRole('button', { name: 'x', exact: true }).first();
    await editor.pickVariable(picker, 'Node result', 'Calculation');
    expect(await body.inputValue()).toMatch(/^\{"sum": "\{\{\$jobsMapByNodeKey\.\w+\}\}"\}$/);
    await editor.picture('response', response);
    await (
      await editor.section('URL')
    )
      .getByRole('group', { name: 'Webhook URL' })
      .getByRole('button', { name: 'Copy' })
      .click();
    const target = await clipboard(page);
    await editor.submit();
    await editor.enable();
    const answer = await fetch(target, { method: 'POST' });
    expect({ status: answer.status, body: await answer.json() }).toEqual({ status: 200, body: { sum: 42 } });
  });
});

async function startBare(): Promise<Host> {
  bare = await createInstalledHost({ dialect: 'sqlite', dir: join(WORK_DIR, unique('browser-')) });
  await bare.start();
  return bare;
}
