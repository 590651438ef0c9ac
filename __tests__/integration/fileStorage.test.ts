import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../scripts/host';
import { runSql } from '../../scripts/host/sql';
import type { WebhookConfigInput } from '../../src/common/config';
import { ownHost } from '../support/hosts';
import { createWebhook, finishedExecutions, waitFor } from '../support/workflows';

jest.setTimeout(120_000);

/** A host of its own: these tests change the storage that all uploads go to. */
let host: Host;
let url: string;

beforeAll(async () => {
  host = await ownHost();
  url = await webhook({});
});
afterAll(() => host.remove());

async function webhook(config: WebhookConfigInput): Promise<string> {
  const response = { status: 200, contentType: 'application/json', headers: [], body: '{{$context.files}}' };
  const { key } = await createWebhook(host.api, { response, ...config }, { sync: true });
  return urlOf(key);
}

const urlOf = (key: string) => `${host.url}${host.apiPath}webhooks/${key}`;

interface Answered {
  status: number;
  files?: Record<string, unknown>[];
  code?: string;
  retryAfter: string | null;
}

/** Sends files by name, each with one byte of text. */
async function upload(names: string[], to = url): Promise<Answered> {
  const form = new FormData();
  names.forEach((name) => form.append('f', new Blob(['x'], { type: 'image/png' }), name));
  const response = await fetch(to, { method: 'POST', body: form });
  const text = await response.text();
  const body = JSON.parse(text || '{}') as Record<string, unknown>[] | { errors?: { code: string }[] };
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    ...(Array.isArray(body) ? { files: body } : { code: body.errors?.[0]?.code }),
  };
}

const idOf = ({ files }: Answered) => Number(files?.[0]?.id);

async function changeStorage(values: Record<string, unknown>): Promise<void> {
  const [storage] = await host.api.get<{ id: number }[]>('storages:list');
  await host.api.action('storages:update', values, { filterByTk: storage?.id ?? 0 });
}

test('a delivery that is refused leaves no file', async () => {
  const first = idOf(await upload(['a.png']));
  const token = await webhook({
    auth: { type: 'token', in: 'header', name: 'x-token', secrets: [{ value: 'right' }] },
  });
  const schema = await webhook({ body: { schema: { type: 'object', required: ['never'] } } });
  expect(await upload(['a.png'], token)).toMatchObject({ status: 401 });
  expect(await upload(['a.png'], schema)).toMatchObject({ status: 422 });
  expect(idOf(await upload(['a.png']))).toBe(first + 1);
});

test('the storage’s rules hold, and a file that breaks them takes the others with it', async () => {
  await changeStorage({ rules: { size: 10_000, mimetype: 'image/*' } });
  const first = idOf(await upload(['a.png']));
  expect(await upload(['a.png', 'b.html'])).toMatchObject({ status: 415, code: 'TYPE_NOT_SUPPORTED' });
  await changeStorage({ rules: { size: 0.5 } });
  expect(await upload(['a.png'])).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  await changeStorage({ rules: {} });
  expect(idOf(await upload(['a.png']))).toBe(first + 1);
});

test('a storage that fails is answered with 503', async () => {
  writeFileSync(join(host.dir, 'storage', 'uploads', 'blocked'), '');
  await changeStorage({ path: 'blocked' });
  expect(await upload(['a.png'])).toMatchObject({ status: 503, code: 'FILES_NOT_STORED', retryAfter: '30' });
  await changeStorage({ path: '' });
  expect((await upload(['a.png'])).status).toBe(200);
});

describe('a delivery that is not stored after all takes its files along:', () => {
  const sql = async (statement: string) => (await runSql(host, [statement]))[0] ?? [];

  /** How many of these files have a record, and how many lie on the disk. */
  async function left(name: string) {
    const [row] = await sql(`SELECT COUNT(*) AS records FROM attachments WHERE title LIKE '${name}%'`);
    const files = readdirSync(join(host.dir, 'storage', 'uploads')).filter((file) => file.startsWith(name));
    return { records: row?.records, files: files.length };
  }

  const comesTo = (name: string, count: number) =>
    waitFor(`${count} of the files ${name} to be left`, 10_000, async () => {
      const { records, files } = await left(name);
      return records === count && files === count;
    });

  test('one that is turned away', async () => {
    const { key } = await createWebhook(host.api, {}, { sync: true });
    await host.api.action('webhookEndpoints:pause', {}, { filterByTk: key });
    const answer = await upload(['paused1.png', 'paused2.png'], urlOf(key));
    expect(answer).toMatchObject({ status: 503, code: 'OVERLOADED' });
    await comesTo('paused', 0);
    await host.api.action('webhookEndpoints:resume', {}, { filterByTk: key });
    expect(await upload(['paused3.png'], urlOf(key))).toMatchObject({ status: 200 });
    await comesTo('paused', 1);
  });

  test('one that the database does not take', async () => {
    await sql(
      `CREATE TRIGGER refuse BEFORE INSERT ON "webhookDeliveries" BEGIN SELECT RAISE(ABORT, 'disk is full'); END`,
    );
    expect(await upload(['refused.png'])).toMatchObject({ status: 503, code: 'NOT_RECORDED' });
    await sql('DROP TRIGGER refuse');
    await comesTo('refused', 0);
  });

  test('a repeat that came before its first was stored', async () => {
    const { key } = await createWebhook(host.api, { dedupe: { key: 'query:id', window: 60 } });
    const answers = await Promise.all([1, 2, 3, 4].map(() => upload(['twin.png'], `${urlOf(key)}?id=1`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await finishedExecutions(host.api, key);
    await comesTo('twin', 1);
  });
});
