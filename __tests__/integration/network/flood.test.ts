import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { Host } from '../../../scripts/host';
import { Flood } from '../../../scripts/flood/sockets';
import { ownHost, unique } from '../../support/hosts';
import { createWebhook, waitFor } from '../../support/workflows';

jest.setTimeout(120_000);

/** Three times as many as the process takes on, from 20 addresses. */
const MAX_IN_FLIGHT = 200;
const SOCKETS = 600;
const ADDRESSES = 20;

let host: Host;
const pathOf = (webhook: string) => `${host.apiPath}webhooks/${webhook}`;

beforeAll(async () => {
  host = await ownHost({
    env: { WEBHOOK_MAX_IN_FLIGHT: String(MAX_IN_FLIGHT), WEBHOOK_MAX_BUFFERED_BYTES: String(16 * 1024 * 1024) },
  });
}, 180_000);
afterAll(() => host?.remove());

const GITHUB = { type: 'provider', provider: 'github', secrets: ['s3cret'] } as const;

/** A webhook that verifies its callers; its path. */
async function signedWebhook(): Promise<string> {
  const path = unique('flood-');
  await createWebhook(host.api, { path, auth: { ...GITHUB, secrets: [...GITHUB.secrets] }, dedupe: null });
  return path;
}

/** A signed call from a loopback address; its status. */
async function call(webhook: string, localAddress: string): Promise<number> {
  const body = '{"a":1}';
  const signature = createHmac('sha256', 's3cret').update(body).digest('hex');
  return new Promise((resolve, reject) => {
    request(
      {
        host: '127.0.0.1',
        port: host.port,
        path: pathOf(webhook),
        method: 'POST',
        localAddress,
        agent: false,
        headers: { 'x-hub-signature-256': `sha256=${signature}`, 'content-length': body.length },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    )
      .on('error', reject)
      .end(body);
  });
}

const head = (webhook: string, lines: string) => `POST ${pathOf(webhook)} HTTP/1.1\r\nhost: x\r\n${lines}\r\n\r\n`;

/** Runs while strangers hold what they can, and come back when they are cut. */
async function during(
  first: (number: number) => string,
  then: string | undefined,
  act: () => Promise<void>,
  addresses = ADDRESSES,
) {
  const flood = await Flood.open({ port: host.port, count: SOCKETS, addresses, first, then });
  try {
    // They have had what they can get, and were refused the rest.
    await waitFor('refusals', 20_000, () => Promise.resolve(flood.answered > 0));
    await act();
  } finally {
    flood.close();
  }
}

async function allTaken(webhook: string, addresses: string[]): Promise<void> {
  const statuses: number[] = [];
  for (let i = 0; i < 30; i++) {
    statuses.push(await call(webhook, addresses[i % addresses.length] ?? '127.0.0.1'));
  }
  expect(new Set(statuses)).toEqual(new Set([200]));
}

it('takes genuine calls while others stall at another webhook, and at this one', async () => {
  const [attacked, other] = [await signedWebhook(), await signedWebhook()];
  await during(
    () => head(attacked, 'content-length: 1000'),
    undefined,
    async () => {
      await allTaken(other, ['127.0.0.1', '127.0.2.1']);
      await allTaken(attacked, ['127.0.0.1', '127.0.2.1']);
      // From one of the addresses that stall, too.
      await allTaken(other, ['127.0.1.1']);
    },
  );
});

it('takes who was verified lately from an address that a stranger shares, who keeps all open that it can', async () => {
  const [attacked, other] = [await signedWebhook(), await signedWebhook()];
  expect(await call(other, '127.0.1.1')).toBe(200);
  await during(
    () => head(attacked, 'transfer-encoding: chunked'),
    `3e8\r\n${'x'.repeat(1_000)}\r\n`,
    async () => allTaken(other, ['127.0.1.1']),
    1,
  );
});

it('takes genuine calls while others stall at every webhook', async () => {
  const webhooks = await Promise.all(Array.from({ length: 10 }, signedWebhook));
  await during(
    (number) => head(webhooks[number % webhooks.length] ?? '', 'transfer-encoding: chunked'),
    '1\r\nx\r\n',
    async () => allTaken(webhooks[0] ?? '', ['127.0.0.1', '127.0.2.1']),
  );
});

it('takes genuine calls while others hold what bytes they can', async () => {
  const [attacked, other] = [await signedWebhook(), await signedWebhook()];
  await during(
    (number) => `${head(number % 2 ? attacked : other, 'content-length: 900000')}${'x'.repeat(400_000)}`,
    undefined,
    async () => allTaken(other, ['127.0.0.1', '127.0.2.1']),
  );
});

it('takes genuine calls while strangers wait at a webhook that verifies nobody', async () => {
  const path = unique('open-');
  const { id } = await createWebhook(host.api, { path, syncTimeout: 60_000 }, { sync: true });
  await host.api.action(`workflows/${id}/nodes:create`, {
    title: 'wait',
    type: 'delay',
    config: { duration: 60, unit: 1_000, endStatus: 1 },
  });
  const other = await signedWebhook();
  await during(
    () => `${head(path, 'content-length: 2')}{}`,
    undefined,
    async () => allTaken(other, ['127.0.0.1', '127.0.2.1']),
  );
});
