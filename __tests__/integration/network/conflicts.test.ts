import { join } from 'node:path';
import { createCluster, removeCluster } from '../../../scripts/cluster';
import type { Api, Host } from '../../../scripts/host';
import { runSql } from '../../../scripts/host/sql';
import type { WebhookConfigInput } from '../../../src/common/config';
import { onEveryDatabase, ownHost, packedPlugin, unique, type TestHost } from '../../support/hosts';
import { DIALECTS, WORK_DIR } from '../../support/shared';
import { createWebhook, waitFor, type WorkflowRecord } from '../../support/workflows';

jest.setTimeout(300_000);

interface Refused {
  status: number;
  text: string;
}

async function call(api: Api, path: string, json: unknown, headers?: Record<string, string>): Promise<Refused> {
  const answer = await api.request(path, { method: 'POST', json, headers });
  return { status: answer.status, text: await answer.text() };
}

const enable = (api: Api, { id }: WorkflowRecord, enabled = true, headers?: Record<string, string>) =>
  call(api, `workflows:update?filterByTk=${id}`, { enabled }, headers);

async function enabledAmong(api: Api, workflows: readonly WorkflowRecord[]): Promise<WorkflowRecord[]> {
  return api.get('workflows:list', {
    filter: JSON.stringify({ key: workflows.map(({ key }) => key), enabled: true }),
    pageSize: 100,
  });
}

/** Exactly one of all that wanted the same URL at the same instant has it, and the others were told which. */
async function expectOneWinner(api: Api, workflows: WorkflowRecord[], answers: Refused[]): Promise<void> {
  const winners = await enabledAmong(api, workflows);
  expect(winners).toHaveLength(1);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...workflows.slice(1).map(() => 400)]);
  for (const { text } of answers.filter(({ status }) => status === 400)) {
    expect(text).toContain('WEBHOOK_PATH_CONFLICT');
    expect(text).toContain(winners[0]!.title);
  }
}

const RIVALS = 6;

onEveryDatabase('one URL, one webhook', (host: TestHost) => {
  const { api } = host;
  const disabled = (config: WebhookConfigInput) => createWebhook(api, config, { enabled: false });

  it.each([
    ['the same path', (path: string, index: number) => `${path}/:id${index}/x`],
    ['one key', (path: string) => path],
  ])('of many that are enabled at once with %s, one is', async (_what, pathOf) => {
    for (let round = 0; round < 3; round++) {
      const base = unique('rival-');
      const rivals: WorkflowRecord[] = [];
      for (let index = 0; index < RIVALS; index++) {
        rivals.push(await disabled({ path: pathOf(base, index) }));
      }
      const answers = await Promise.all(rivals.map((rival) => enable(api, rival)));
      await expectOneWinner(api, rivals, answers);
    }
  });

  it('a webhook that is enabled while another takes its key for a path', async () => {
    const keyed = await disabled({});
    const pathed = await disabled({ path: `/${keyed.key}/`, methods: ['PUT'] });
    const answers = await Promise.all([enable(api, keyed), enable(api, pathed)]);
    await expectOneWinner(api, [keyed, pathed], answers);
  });

  it('of many that are created at once, one is', async () => {
    const path = unique('created-');
    const titles = Array.from({ length: RIVALS }, () => unique('rival '));
    const answers = await Promise.all(
      titles.map((title) =>
        call(api, 'workflows:create', { title, type: 'webhook', enabled: true, current: true, config: { path } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...titles.slice(1).map(() => 400)]);
  });

  it('methods share a path, and what was refused can be enabled once the path is free', async () => {
    const path = unique('free-');
    const [first, second, other] = [
      await createWebhook(api, { path, methods: ['POST', 'PUT'] }),
      await disabled({ path, methods: ['PUT', 'DELETE'] }),
      await createWebhook(api, { path, methods: ['GET'] }),
    ];
    expect(await enable(api, second)).toMatchObject({ status: 400, text: expect.stringContaining('with PUT is') });
    const inDutch = await enable(api, second, true, { 'x-locale': 'nl-NL' });
    expect(inDutch.text).toContain(`is al van de webhook \\"${first.title}\\" (${first.key}).`);
    // Of a path that is given up, of one that is changed, and of one that is deleted.
    await call(api, `workflows:update?filterByTk=${first.id}`, { config: { path: `${path}/new` } });
    expect((await enable(api, second)).status).toBe(200);
    expect((await call(api, `workflows:update?filterByTk=${first.id}`, { config: { path } })).status).toBe(200);
    expect(
      await call(api, `workflows:update?filterByTk=${first.id}`, { config: { path, methods: ['DELETE'] } }),
    ).toMatchObject({ status: 400, text: expect.stringContaining(second.title) });
    await enable(api, second, false);
    await call(api, `workflows:update?filterByTk=${first.id}`, { config: { path, methods: ['PUT'] } });
    expect((await enable(api, second)).status).toBe(400);
    expect((await call(api, `workflows:destroy?filterByTk=${first.id}`, {})).status).toBe(200);
    expect((await enable(api, second)).status).toBe(200);
    expect(await enabledAmong(api, [first, second, other])).toHaveLength(2);
  });

  it('a new version keeps what the old one had, and takes what is free', async () => {
    const path = unique('version-');
    const old = await createWebhook(api, { path });
    const rival = await disabled({ path: `${path}/more` });
    const next = await api.action<WorkflowRecord>(
      'workflows:revision',
      {},
      { filterByTk: old.id, filter: JSON.stringify({ key: old.key }) },
    );
    expect(next.key).toBe(old.key);
    const taken = await disabled({ path });
    expect((await enable(api, taken)).text).toContain(old.title);
    await call(api, `workflows:update?filterByTk=${next.id}`, { config: { path: `${path}/more` } });
    expect((await enable(api, next)).status).toBe(200);
    expect((await enable(api, taken)).status).toBe(200);
    expect((await enable(api, rival)).text).toContain(next.title);
    // A save of the version that is off takes nothing from the one that is on.
    await call(api, `workflows:update?filterByTk=${old.id}`, { title: 'old' });
    expect((await enable(api, rival)).status).toBe(400);
  });

  it('many at once, by a filter, are enabled or none is', async () => {
    const path = unique('bulk-');
    const title = unique('bulk ');
    const both: WorkflowRecord[] = [];
    for (const name of [':a', ':b']) {
      both.push(await createWebhook(api, { path: `${path}/${name}` }, { enabled: false, title }));
    }
    const filter = encodeURIComponent(JSON.stringify({ title }));
    expect((await call(api, `workflows:update?filter=${filter}`, { enabled: true })).status).toBe(400);
    expect(await enabledAmong(api, both)).toEqual([]);
    expect((await enable(api, both[1]!)).status).toBe(200);
  });

  it('what a webhook that is gone left behind keeps nobody out', async () => {
    const [gone, heir] = [await createWebhook(api, { path: unique('left-') }), await disabled({})];
    await call(api, `workflows:update?filterByTk=${heir.id}`, { config: gone.config });
    expect((await enable(api, heir)).status).toBe(400);
    await runSql(host, [`DELETE FROM workflows WHERE "key" = '${gone.key}'`]);
    expect((await enable(api, heir)).status).toBe(200);
  });

  it('has no API of its own', async () => {
    for (const action of ['list', 'get', 'create', 'update', 'destroy']) {
      expect((await api.request(`webhookRoutes:${action}?filterByTk=x`, { method: 'POST', json: {} })).ok).toBe(false);
    }
  });
});

describe.each(DIALECTS.filter((dialect) => dialect !== 'sqlite'))('over two instances on %s', (dialect) => {
  let hosts: Host[] = [];
  beforeAll(async () => {
    const dir = join(WORK_DIR, unique('rivals-'));
    hosts = await createCluster({ dialect, dir, tgz: packedPlugin(), nodes: [{}, {}] });
  });
  afterAll(() => removeCluster(hosts));

  it('of many that are enabled at once with the same path, one is', async () => {
    const [one, other] = hosts.map(({ api }) => api) as [Api, Api];
    for (let round = 0; round < 3; round++) {
      const path = unique('rival-');
      const rivals: WorkflowRecord[] = [];
      for (let index = 0; index < RIVALS; index++) {
        rivals.push(await createWebhook(one, { path }, { enabled: false }));
      }
      const answers = await Promise.all(rivals.map((rival, index) => enable(index % 2 ? one : other, rival)));
      await expectOneWinner(one, rivals, answers);
    }
  });
});

describe('after the rows and the workflows fell out of step', () => {
  let host: Host;
  beforeAll(async () => {
    host = await ownHost();
  });
  afterAll(() => host?.remove());

  it('the next start brings them together: who has the row keeps the URL, the other is switched off', async () => {
    const { api } = host;
    const path = unique('step-');
    const late = await createWebhook(api, { path }, { enabled: false });
    const first = await createWebhook(api, { path });
    const lost = await createWebhook(api, { path: `${path}/lost` });
    await host.stop();
    await runSql(host, [
      `UPDATE workflows SET enabled = 1 WHERE "key" = '${late.key}'`,
      `DELETE FROM "webhookRoutes" WHERE "key" = '${lost.key}'`,
      `INSERT INTO "webhookRoutes" (id, "key", method, path) VALUES ('${'0'.repeat(64)}', 'gone', 'POST', 'x')`,
    ]);
    await host.start();
    await waitFor('the other to be switched off', 30_000, async () => (await enabledAmong(api, [late])).length === 0);
    expect(await enabledAmong(api, [first, lost])).toHaveLength(2);
    const rows = await runSql(host, ['SELECT DISTINCT "key" FROM "webhookRoutes"']);
    expect(rows[0]!.map(({ key }) => key).sort()).toEqual([first.key, lost.key].sort());
    expect((await fetch(`${api.base}webhooks/${path}`, { method: 'POST' })).status).toBe(200);
  });
});
