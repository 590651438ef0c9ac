import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import type { WebhookConfigInput } from '../../src/common/config';
import { sharedHost, unique } from '../support/hosts';
import { addNode, createWebhook, waitFor, type WorkflowRecord } from '../support/workflows';
import { signedInPage, startBrowser } from './support/browser';
import { LANES, WorkflowEditor } from './support/WorkflowEditor';

// A page of NocoBase takes seconds to load, and beside other tests many of them.
jest.setTimeout(300_000);

const SECRET = 'a secret that is long enough';
const GROUPS = ['Connect', 'Data', 'When to start', 'Answer', 'Protection', 'Runs and log'];

// Not SQLite: NocoBase itself fails a save there that meets another test's write.
const { api, url } = sharedHost('postgres');
let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser?.close());

/** What is stored of a workflow's settings now. */
async function stored({ id }: WorkflowRecord): Promise<WebhookConfigInput> {
  return (await api.get<WorkflowRecord>('workflows:get', { filterByTk: id })).config;
}

describe.each(LANES)('every section of the panel, filled in and saved, in the $lane client', (lane) => {
  let page: Page;
  let editor: WorkflowEditor;
  let workflow: WorkflowRecord;

  beforeAll(async () => {
    page = await signedInPage(browser, url, `panel-${lane.lane}`);
    // High enough for a whole section in one picture.
    await page.setViewportSize({ width: 1440, height: 2200 });
    page.setDefaultTimeout(60_000);
    editor = new WorkflowEditor(page, url, lane);
    await edit({ variables: { data: [{ path: 'action', type: 'string' }] } });
  });

  // Where a test failed, this shows on what.
  afterEach(async () => {
    await editor?.picture(
      `panel after ${expect
        .getState()
        .currentTestName?.replace(/^.*client /, '')
        .replace(/\W+/g, ' ')}`,
    );
    // The next test is not to fail for this one.
    if (await editor?.isBusy()) {
      await editor.openById(workflow.id);
    }
  });

  /** Opens a new workflow in the editor. */
  async function edit(config: WebhookConfigInput = {}, { sync = false }: { sync?: boolean } = {}): Promise<void> {
    workflow = await createWebhook(api, config, { sync, enabled: false, title: unique('Panel ') });
    await editor.openById(workflow.id);
  }

  /** Opens its trigger at one section. */
  async function begin(title: string): Promise<Locator> {
    await editor.openTrigger();
    return editor.section(title);
  }

  /** Writes into a field that holds a list of short texts. */
  async function writeTags(field: Locator, ...tags: string[]): Promise<void> {
    await field.locator('.ant-select').click();
    for (const tag of tags) {
      await page.keyboard.type(tag);
      await page.keyboard.press('Enter');
    }
  }

  test('methods and path', async () => {
    const section = await begin('Methods and path');
    await editor.choose(editor.field('Methods', section).locator('.ant-select'), 'PUT');
    await page.keyboard.press('Escape');
    await section.getByLabel('Custom path', { exact: true }).fill('/orders/:orderId/lines');
    await editor.picture('panel-route', section);
    await editor.picture('panel-url', await editor.section('URL'));
    await editor.submit();
    expect(await stored(workflow)).toMatchObject({ methods: ['POST', 'PUT'], path: 'orders/:orderId/lines' });
  });

  const secret = (section: Locator, label: string) => section.getByLabel(label, { exact: true }).fill(SECRET);
  const SEALED = { sealed: expect.any(String) as string };

  test.each<[string, RegExp, (section: Locator) => Promise<void>, unknown]>([
    ['none', /^None$/, () => Promise.resolve(), { type: 'none' }],
    [
      'provider',
      /A known service/,
      async (section) => {
        await editor.choose(editor.field('Service', section).locator('.ant-select'), 'GitHub');
        await secret(section, 'Webhook secret');
        await section.getByLabel('Name of secret 1').fill('main');
      },
      { type: 'provider', provider: 'github', secrets: [{ name: 'main', ...SEALED }] },
    ],
    [
      'token',
      /Token in a header/,
      async (section) => {
        await section.getByText('a query parameter').click();
        await section.getByLabel('Parameter name').fill('key');
        await secret(section, 'Token');
        await section.getByRole('button', { name: 'Add another secret' }).click();
        await section.getByLabel('Token', { exact: true }).nth(1).fill(`${SECRET} 2`);
      },
      { type: 'token', in: 'query', name: 'key', secrets: [SEALED, SEALED] },
    ],
    [
      'basic',
      /User name and password/,
      async (section) => {
        await section.getByLabel('User name').fill('shop');
        await section.getByRole('button', { name: 'Generate' }).click();
        await section.getByRole('group', { name: 'Generated secret' }).waitFor();
        await section.getByRole('button', { name: 'Add another secret' }).click();
        await section.getByLabel('Password', { exact: true }).nth(1).fill(`${SECRET} 2`);
      },
      { type: 'basic', username: 'shop', passwords: [SEALED, SEALED] },
    ],
    [
      'hmac',
      /Custom signature/,
      async (section) => {
        await secret(section, 'Signing secret');
        await section.getByRole('button', { name: 'Add another place' }).click();
        await section.getByRole('switch', { name: 'The call carries a signed time' }).click();
        await section.getByRole('button', { name: 'More' }).click();
        await section.getByLabel('Where the call names its secret').fill('header:x-key-id');
        await section.getByLabel('Every signature must match').click();
        await section.getByRole('switch', { name: 'The signature is one part of several' }).click();
        await section.getByLabel('Signature: part').fill('3');
        await editor.field('Where the signature is', section).getByRole('textbox').nth(1).fill('x-signature-2');
      },
      {
        type: 'signature',
        sig: {
          from: ['header:x-signature', 'header:x-signature-2'],
          enc: 'hex',
          all: true,
          parts: { by: '/', sig: 3 },
        },
        ts: { from: 'header:x-timestamp', unit: 's', tol: 300 },
        key: { idFrom: 'header:x-key-id' },
        secrets: [SEALED],
      },
    ],
    [
      'jwt',
      /JSON Web Token/,
      async (section) => {
        await section.getByText('a query parameter').click();
        await section.getByLabel('Parameter name').fill('jwt');
        await editor.choose(editor.field('Algorithms taken', section).locator('.ant-select'), 'HS256');
        await page.keyboard.press('Escape');
        await secret(section, 'Signing secret');
        await section.getByLabel('URL of the public keys (JWKS)').fill('https://issuer.example/jwks.json');
        await section.getByLabel('Issuer (iss)').fill('https://issuer.example');
        await section.getByRole('button', { name: 'Add a claim' }).click();
        await section.getByLabel('Claim', { exact: true }).fill('email');
        await section.locator('.ant-select[aria-label="Values"]').click();
        await page.keyboard.type('sender@example.com');
        await page.keyboard.press('Enter');
        await section.getByRole('switch', { name: 'A claim holds a hash of the body' }).click();
      },
      {
        type: 'jwt',
        in: 'query',
        name: 'jwt',
        algorithms: ['RS256', 'HS256'],
        secrets: [SEALED],
        jwksUrl: 'https://issuer.example/jwks.json',
        issuer: 'https://issuer.example',
        claims: { email: 'sender@example.com' },
        bodyHash: { claim: 'sha256' },
      },
    ],
    [
      'mtls',
      /Client certificate/,
      async (section) => {
        await writeTags(editor.field('Identities let in', section), 'CN=partner');
      },
      { type: 'mtls', identityHeader: 'x-ssl-client-s-dn', allowed: ['CN=partner'] },
    ],
  ])('verification: %s', async (type, option, fillIn, expected) => {
    const section = await begin('Verification');
    await editor.choose(editor.field('Verify a call by', section).locator('.ant-select'), option);
    await fillIn(section);
    await editor.picture(`panel-verification-${type}`, section);
    await editor.submit();
    expect((await stored(workflow)).auth).toMatchObject(expected as object);
  });

  test('allowed addresses, rate limit, calls from web pages', async () => {
    const addresses = await begin('Allowed addresses');
    await writeTags(editor.field('Addresses that may call', addresses), '192.0.2.0/24', '2001:db8::7');
    await editor.picture('panel-addresses', addresses);
    const rate = await editor.section('Rate limit');
    await rate.getByRole('switch').click();
    await rate.getByLabel(/Calls$/).fill('10');
    await editor.picture('panel-rate', rate);
    const pages = await editor.section('Calls from web pages');
    await pages.getByRole('switch').click();
    await writeTags(editor.field('Origins', pages), 'https://shop.example');
    await editor.picture('panel-cors', pages);
    await editor.submit();
    expect(await stored(workflow)).toMatchObject({
      ipAllowlist: ['192.0.2.0/24', '2001:db8::7'],
      rateLimit: { points: 10, duration: 60 },
      cors: { origins: ['https://shop.example'] },
    });
  });

  test('events', async () => {
    const section = await begin('Events');
    await section.getByText('These events').click();
    const names = section.locator('.ant-select-multiple input');
    for (const name of ['order.paid', 'order.refunded']) {
      await names.fill(name);
      await names.press('Enter');
    }
    await names.press('Escape');
    await section.getByLabel('Where the event stands').fill('json:type');
    await editor.picture('panel-events', section);
    await editor.submit();
    expect(await stored(workflow)).toMatchObject({ events: ['order.paid', 'order.refunded'], eventFrom: 'json:type' });
  });

  test('validation', async () => {
    const section = await begin('Validation');
    const tab = (name: string) => section.getByRole('tab', { name });
    const pane = section.locator('.ant-tabs-tabpane-active');
    await section.getByRole('button', { name: 'Make a schema from a sample' }).click();
    await section.getByLabel('Paste a JSON body.').fill('{"id": 1, "rows": [{"sku": "a"}]}');
    await editor.picture('panel-schema-sample', section);
    await section.getByRole('button', { name: 'Make the schema' }).click();
    await editor.picture('panel-schema-body', section);
    await tab('Query').click();
    await pane.locator('textarea').first().fill('{"properties": {"page": {"type": "integer"}}}');
    await editor.picture('panel-schema-query', section);
    await tab('Headers').click();
    await pane.locator('textarea').first().fill('{"required": ["x-source"]}');
    await editor.picture('panel-schema-headers', section);
    await tab('Path').click();
    await pane.locator('textarea').first().fill('{"maxProperties": 2}');
    await editor.picture('panel-schema-path', section);
    await editor.submit();
    expect(await stored(workflow)).toMatchObject({
      body: { schema: { type: 'object', properties: { id: { type: 'number' }, rows: { type: 'array' } } } },
      query: { schema: { properties: { page: { type: 'integer' } } } },
      headers: { schema: { required: ['x-source'] } },
      params: { schema: { maxProperties: 2 } },
    });
  });

  test('filter', async () => {
    const section = await begin('Filter');
    await section.getByText('Add condition', { exact: true }).click();
    await editor.pickVariable(
      section.locator('button').filter({ hasText: /^x$/ }).first(),
      'Trigger variables',
      'Body',
      'action',
    );
    await section.getByRole('textbox').last().fill('opened');
    await section.getByText('Start the workflow').click();
    await editor.picture('panel-filter', section);
    await editor.submit();
    expect(await stored(workflow)).toMatchObject({
      filter: {
        group: {
          type: 'and',
          calculations: [{ calculator: 'equal', operands: ['{{$context.data.action}}', 'opened'] }],
        },
      },
      filterOnError: 'start',
    });
  });

  test('variables', async () => {
    const section = await begin('Variables');
    await section.getByRole('button', { name: 'Add variable' }).first().click();
    await section.getByLabel('Name of variable 2').first().fill('repository.full_name');
    await section.getByLabel('Alias of variable 2').first().fill('repository');
    await section.getByRole('button', { name: 'From a sample' }).first().click();
    await section
      .getByLabel('Paste a JSON body.')
      .fill('{"action":"x","resource":{"fields":{"System.State":"New"}},"订单":[{"prénom":"Zoë"}]}');
    await section.getByRole('button', { name: 'Add its variables' }).click();
    await section.getByLabel('Alias of variable 5').first().fill('state');
    await section.getByLabel('Title of variable 5').first().fill('State');
    await section.getByRole('button', { name: 'Add variable' }).first().click();
    await section.getByLabel('Name of variable 8').first().fill('["hub.challenge"]');
    await section.getByText('No template can name this: it needs an alias.').waitFor();
    await editor.picture('panel-variables-missing', section);
    await section.getByRole('button', { name: 'Use hub_challenge' }).click();
    await editor.picture('panel-variables-body', section);
    await section.getByRole('tab', { name: 'Headers' }).click();
    await section.getByRole('button', { name: 'Add the attributes of a CloudEvent' }).last().click();
    await editor.picture('panel-variables-headers', section);
    await section.getByRole('tab', { name: 'Query' }).click();
    await editor.picture('panel-variables-query', section);
    await section.getByRole('tab', { name: 'Path' }).click();
    await section.getByLabel('Title of orderId').fill('Order');
    await section.getByLabel('Alias of orderId').fill('order');
    await editor.picture('panel-variables-path', section);
    await editor.submit();
    expect((await stored(workflow)).variables).toMatchObject({
      data: [
        { path: 'action', type: 'string' },
        { path: 'repository.full_name', type: 'string', alias: 'repository' },
        { path: 'resource', type: 'object' },
        { path: 'resource.fields', type: 'object' },
        { path: 'resource.fields["System.State"]', title: 'State', type: 'string', alias: 'state' },
        { path: '订单', type: 'array', alias: 'u8ba2u5355' },
        { path: '订单.prénom', type: 'string', alias: 'u8ba2u5355_prenom' },
        { path: '["hub.challenge"]', type: 'string', alias: 'hub_challenge' },
      ],
      params: [{ path: 'orderId', title: 'Order', alias: 'order' }],
    });
  });

  test('a filter on a variable by its alias', async () => {
    const section = await begin('Filter');
    await editor.pickVariable(
      section.locator('button').filter({ hasText: /^x$/ }).first(),
      'Trigger variables',
      'Named variables',
      'State',
    );
    await editor.picture('panel-filter-alias', section);
    await editor.submit();
    expect(await stored(workflow)).toMatchObject({
      filter: { group: { calculations: [{ operands: ['{{$context.vars.state}}', 'opened'] }] } },
    });
  });

  /** Fills in the answer in its section, or in a response node. */
  async function fillAnswer(place: Locator): Promise<void> {
    await place.getByLabel('Status').first().fill('201');
    await editor.choose(editor.field('Content type', place).locator('.ant-select'), 'text/html');
    await place.locator('textarea').first().fill('<b>thanks</b>');
    await place.getByRole('button', { name: 'Add header' }).first().click();
    await place.getByLabel('Name of header 1').fill('X-Served-By');
  }

  const ANSWER = {
    status: 201,
    contentType: 'text/html',
    body: '<b>thanks</b>',
    headers: [{ name: 'X-Served-By', value: '' }],
  };

  test('response of an asynchronous workflow', async () => {
    const section = await begin('Response');
    await fillAnswer(section);
    await editor.picture('panel-response-asynchronous', section);
    await editor.submit();
    expect(await stored(workflow)).toMatchObject({ response: ANSWER });
  });

  test('body, repeats, runs and log', async () => {
    const body = await begin('Body');
    await body.getByRole('switch', { name: 'Keep the raw body' }).click();
    await body.getByRole('button', { name: 'How bodies arrive' }).click();
    await editor.picture('panel-body', body);
    const limits = await editor.section('Limits');
    await limits.getByLabel('Largest body').fill('5mb');
    const repeats = await editor.section('Repeats');
    await repeats.getByLabel('What repeats have in common').fill('header:x-delivery');
    const runs = await editor.section('Runs');
    await runs.getByText('One after the other for each …').click();
    await runs.getByLabel('What those have in common').fill('json:customer.id');
    await runs.getByLabel('Runs at once').fill('6');
    await runs.getByText('Is ended and marked as interrupted').click();
    await editor.picture('panel-runs', await editor.group('Runs and log'));
    await editor.submit();
    expect(await stored(workflow)).toMatchObject({
      body: { maxSize: '5mb', keepRaw: true },
      concurrency: 6,
      orderBy: 'json:customer.id',
      onInterruption: 'mark',
      dedupe: { key: 'header:x-delivery' },
    });
  });

  test('a problem is named, and nothing is saved', async () => {
    const limits = await begin('Limits');
    await limits.getByLabel('Largest body').fill('many');
    await editor.drawer.getByRole('button', { name: 'Submit' }).click();
    await editor.drawer.locator('.ant-alert-error').waitFor();
    expect(await editor.drawer.getByText('Needs attention').count()).toBe(1);
    await editor.picture('panel-problem', editor.drawer);
    await editor.cancel();
    expect((await stored(workflow)).body ?? {}).not.toMatchObject({ maxSize: 'many' });
  });

  test('what folded groups come to, a warning that is told once, and the way on from a version that has run', async () => {
    await edit();
    await addNode(api, workflow, { type: 'request', config: { url: 'https://service.example', method: 'POST' } });
    await editor.openById(workflow.id);
    await editor.openTrigger();
    const protection = editor.drawer.locator('.ant-collapse-header').filter({ hasText: 'Protection' });
    await protection.getByText('Anyone on the internet who knows the URL can start this').waitFor();
    const warning = editor.drawer.getByText('Nobody is verified, and a node writes data');
    await warning.waitFor();
    await editor.picture('panel-warning', editor.drawer);
    await page.setViewportSize({ width: 960, height: 1800 });
    await editor.picture('panel-480', editor.drawer);
    await page.setViewportSize({ width: 1440, height: 2200 });
    await editor.drawer.getByRole('alert').filter({ hasText: 'Nobody is verified' }).getByRole('button').click();
    await warning.waitFor({ state: 'detached' });
    await editor.cancel();
    await editor.openTrigger();
    expect(await warning.count()).toBe(0);
    await editor.cancel();

    await api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    await fetch(`${url}/api/webhooks/${workflow.key}`, { method: 'POST' });
    await waitFor('its first run', 60_000, async () => {
      const { versionStats } = await api.get<{ versionStats: { executed: number } }>('workflows:get', {
        filterByTk: workflow.id,
        appends: 'versionStats',
      });
      return Number(versionStats.executed) > 0;
    });
    await editor.openById(workflow.id);
    await editor.openTrigger();
    await editor.picture('panel-executed', editor.drawer);
    expect(await editor.drawer.getByLabel('Custom path', { exact: true }).isDisabled()).toBe(true);
    await editor.drawer.getByRole('button', { name: 'Deliveries' }).click();
    await page.getByRole('dialog').last().getByRole('table').last().waitFor();
    await editor.openById(workflow.id);
    await editor.openTrigger();
    await editor.drawer.getByRole('button', { name: 'Make a new version' }).click();
    await page.waitForURL((to) => /workflows\/\d+$/.test(to.pathname) && !to.pathname.endsWith(`/${workflow.id}`));
    await editor.openTrigger();
    // Another version: it is told again, and can be changed.
    await warning.waitFor();
    expect(await editor.drawer.getByLabel('Custom path', { exact: true }).isEnabled()).toBe(true);
  });

  test('what there is before a first call: an example of the provider’s, and a document for callers', async () => {
    await edit({ auth: { type: 'provider', provider: 'github', secrets: [{ value: SECRET }] } });
    const section = await begin('Variables');
    await section.getByRole('button', { name: 'From a sample' }).first().click();
    await section.getByRole('button', { name: 'Use the example of GitHub' }).click();
    await editor.picture('panel-variables-example', section);
    await section.getByRole('button', { name: 'Add its variables' }).click();
    const urlSection = await editor.section('URL');
    const download = page.waitForEvent('download');
    await urlSection.getByRole('button', { name: 'OpenAPI document' }).click();
    const path = await (await download).path();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\./) as string,
      paths: { [`/webhooks/${workflow.key}`]: expect.any(Object) as object },
    });
    await editor.picture('panel-url-openapi', urlSection);
    await editor.submit();
    const names = (await stored(workflow)).variables?.data?.map(({ path: name }) => name);
    expect(names).toEqual(expect.arrayContaining(['ref', 'repository.full_name']));
  });

  test('response of a synchronous workflow, and of its response node', async () => {
    await edit({}, { sync: true });
    const node = await addNode(api, workflow, { type: 'webhook-response' });
    await editor.openById(workflow.id);
    const section = await begin('Response');
    await fillAnswer(section);
    await section.getByRole('switch', { name: 'Answer differently when the workflow fails' }).click();
    await section.getByLabel('Status').nth(1).fill('502');
    await editor.picture('panel-response-synchronous', section);
    await editor.submit();
    expect(await stored(workflow)).toMatchObject({ response: { ...ANSWER, onFailure: { status: 502 } } });

    await editor.openNode('Webhook response');
    await fillAnswer(editor.drawer);
    await editor.drawer.getByText('Go on with the workflow').click();
    await editor.picture('panel-response-node', editor.drawer);
    await editor.submit();
    expect(await api.get('flow_nodes:get', { filterByTk: node.id })).toMatchObject({
      config: { ...ANSWER, endWorkflow: false },
    });
  });

  test('a status by a variable, what is told of a run that is late, and a variable without quotes', async () => {
    await edit({}, { sync: true });
    const section = await begin('Response');
    const late = section.locator('.ant-alert').filter({ hasText: 'Clients may repeat a call' });
    await late.waitFor();
    await editor.picture('panel-response-late', section);
    await editor.choose(editor.field('Answer after that', section).locator('.ant-select'), '202 Accepted');
    await late.waitFor({ state: 'hidden' });
    const status = editor.field('Status', section);
    await status.getByRole('button', { name: 'Use a variable' }).click();
    await editor.pickVariable(
      status.locator('button').filter({ hasText: /^x$/ }).first(),
      'Trigger variables',
      'Delivery ID',
    );
    await editor.choose(editor.field('Content type', section).locator('.ant-select'), /^application\/octet-stream/);
    await section.getByText('goes out as that file').waitFor();
    await editor.picture('panel-response-variable', section);
    await editor.choose(editor.field('Content type', section).locator('.ant-select'), 'application/json');
    const body = section.locator('textarea').first();
    await body.fill('{"total": {{$context.data.n}}}');
    await editor.drawer.getByRole('button', { name: 'Submit' }).click();
    await section.getByText('Put the variable $context.data.n in quotes').first().waitFor();
    await editor.picture('panel-response-bare', section);
    await body.fill('{"total": "{{$context.data.n}}"}');
    await editor.submit();
    expect(await stored(workflow)).toMatchObject({
      syncTimeoutStatus: 202,
      response: {
        status: '{{$context.deliveryId}}',
        contentType: 'application/json',
        body: { total: '{{$context.data.n}}' },
      },
    });
  });

  test.each(['zh-CN', 'nl-NL'])('all of it in %s', async (language) => {
    const texts = JSON.parse(readFileSync(`src/locale/${language}.json`, 'utf8')) as Record<string, string>;
    const { enabledLanguages } = await api.get<{ enabledLanguages: string[] }>('systemSettings:get', { filterByTk: 1 });
    await api.action(
      'systemSettings:update',
      { enabledLanguages: [...new Set([...enabledLanguages, language])] },
      { filterByTk: 1 },
    );
    await page.evaluate((value) => localStorage.setItem('NOCOBASE_LOCALE', value), language);
    await edit({ path: unique('p-') + '/:team' }, { sync: true });
    await editor.openTrigger();
    const headers = editor.drawer.locator('.ant-collapse-item > .ant-collapse-header strong');
    expect(await headers.allInnerTexts()).toEqual(GROUPS.map((title) => texts[title]));
    await editor.picture(`panel-${language}`);
    for (const title of GROUPS) {
      await editor.picture(`panel-${language}-${title}`, await editor.group(texts[title] ?? title));
    }
    await editor.cancel();
    await page.evaluate(() => localStorage.setItem('NOCOBASE_LOCALE', 'en-US'));
  });
});
