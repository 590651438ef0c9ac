import type { Host } from '../../../scripts/host';
import { runSql } from '../../../scripts/host/sql';
import type { WebhookConfigInput } from '../../../src/common/config';
import { ownHost } from '../../support/hosts';
import { recoveryDialects } from '../../support/shared';
import { SlowHttp, SlowSmtp, type Slow } from '../../support/slow';
import { addNode, createWebhook, waitFor } from '../../support/workflows';

jest.setTimeout(300_000);

const SETTLE_MS = 60_000;

type Node = Parameters<typeof addNode>[2];

/** What a language model's provider answers (OpenAI's chat completions). */
const COMPLETION = {
  id: 'completion',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'yes' } }],
};

/** The nodes that send something out and wait for the answer in memory, with whom they talk to. */
const SENDERS: [string, () => Slow, (host: Host, port: number) => Promise<Node>][] = [
  ['HTTP request', () => new SlowHttp(), async (_host, port) => requestTo(`http://127.0.0.1:${port}/`)],
  [
    'email',
    () => new SlowSmtp(),
    async (_host, port) => ({
      type: 'mailer',
      config: {
        provider: { host: '127.0.0.1', port, secure: false },
        from: 'from@example.com',
        to: ['to@example.com'],
        subject: 'A mail',
        contentType: 'text',
        text: 'Its text',
      },
    }),
  ],
  [
    'language model',
    () => new SlowHttp(COMPLETION),
    async ({ api }, port) => {
      const service = {
        provider: 'openai-completions',
        options: { apiKey: 'key', baseURL: `http://127.0.0.1:${port}` },
      };
      const { name } = await api.action<{ name: string }>('llmServices:create', { title: 'slow', ...service });
      const messages = [{ role: 'user', content: [{ type: 'text', content: 'Is it?' }] }];
      return { type: 'llm', config: { llmService: name, model: 'm', messages } };
    },
  ],
];

function requestTo(url: string): Node {
  return { type: 'request', config: { url, method: 'GET', timeout: 60_000 } };
}

const seconds = (duration: number): Node => ({ type: 'delay', config: { unit: 1_000, duration, endStatus: 1 } });

const HOUR: Node = { type: 'delay', config: { unit: 3_600_000, duration: 1, endStatus: 1 } };

describe.each(recoveryDialects('mariadb'))('a run that waited and is gone on with by the engine, on %s', (dialect) => {
  let host: Host;
  let slow: SlowHttp;
  let url: string;

  beforeAll(async () => {
    host = await ownHost({ dialect });
  });
  afterAll(() => host.remove());
  beforeEach(async () => {
    slow = new SlowHttp();
    url = `http://127.0.0.1:${await slow.listen()}/`;
  });
  afterEach(() => slow.close());

  /** One delivery of a webhook with these nodes, and the workflow's key. */
  async function started(config: WebhookConfigInput, nodes: Node[], { sync }: { sync: boolean }): Promise<string> {
    const workflow = await createWebhook(host.api, config, { sync, enabled: false });
    let upstreamId: number | undefined;
    for (const node of nodes) {
      ({ id: upstreamId } = await addNode(host.api, workflow, { upstreamId, ...node }));
    }
    await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    const answer = await fetch(`${host.url}${host.apiPath}webhooks/${workflow.key}`, { method: 'POST' });
    expect(answer.status).toBe(sync ? 408 : 200);
    return workflow.key;
  }

  /** It waits in the first of its nodes, a delay. */
  const waitingRun = (config: WebhookConfigInput, nodes: Node[]) => started(config, nodes, { sync: true });

  const delivery = async (key: string) => {
    const [rows = []] = await runSql(host, [`SELECT status, owner FROM "webhookDeliveries" WHERE "key" = '${key}'`]);
    return rows[0];
  };

  const until = (key: string, what: string, holds: (row: Record<string, unknown>) => boolean) =>
    waitFor(`the delivery to be ${what}`, SETTLE_MS, async () => {
      const row = await delivery(key);
      return row && holds(row) && row;
    });

  const aliveUntil = async () => {
    const [rows = []] = await runSql(host, [`SELECT MAX("aliveUntil") AS until FROM "webhookInstances"`]);
    return Number(rows[0]?.until);
  };

  const letGo = (key: string) => until(key, 'let go of', ({ owner, status }) => owner === null && status === 'started');

  /** What ends a wait from outside: the job's result is saved, and the engine goes on. */
  async function endWait(key: string): Promise<void> {
    const [jobs = []] = await runSql(host, [
      `SELECT jobs.id AS id FROM jobs JOIN executions ON executions.id = jobs."executionId"` +
        ` WHERE executions."key" = '${key}' AND jobs.status = 0`,
    ]);
    expect(jobs).toHaveLength(1);
    await host.api.action('jobs:resume', { status: 1 }, { filterByTk: String(jobs[0]?.id) });
  }

  const request = () => requestTo(url);

  const cutOffInSecondLeg = async (config: WebhookConfigInput) => {
    const key = await waitingRun(config, [HOUR, request()]);
    await letGo(key);
    await endWait(key);
    await waitFor('the second leg to be under way', SETTLE_MS, () => Promise.resolve(slow.calls === 1));
    expect(await delivery(key)).toMatchObject({ status: 'started', owner: expect.any(String) });
    await host.kill();
    slow.answers = true;
    await host.start();
    return key;
  };

  /** After its one call it waits, for something that a crash doesn't end. */
  async function isLeftAlone(key: string): Promise<void> {
    await letGo(key);
    await host.kill();
    await host.start();
    await endWait(key);
    await until(key, 'finished', ({ status }) => status === 'succeeded');
    expect(slow.calls).toBe(1);
  }

  it('is finished after a crash in the middle of that', async () => {
    const key = await cutOffInSecondLeg({ onInterruption: 'resume' });
    await until(key, 'finished', ({ status }) => status === 'succeeded');
    expect(slow.calls).toBe(2);
  });

  it('is marked after a crash in the middle of that, where that is wished', async () => {
    const key = await cutOffInSecondLeg({ onInterruption: 'mark' });
    await until(key, 'marked', ({ status }) => status === 'interrupted');
    expect(slow.calls).toBe(1);
  });

  describe('that waits for the answer to its own HTTP request', () => {
    /** What such a node sends out, it sends from memory, and goes on from there. */
    async function asking(config: WebhookConfigInput, ...more: Node[]): Promise<string> {
      const key = await started(config, [request(), ...more], { sync: false });
      await waitFor('the request', SETTLE_MS, () => Promise.resolve(slow.calls === 1));
      return key;
    }

    it('is finished before NocoBase ends, where the answer comes in time', async () => {
      const probe = await started({}, [], { sync: false });
      const key = await asking({ onInterruption: 'mark' });
      const stopped = host.stop();
      await waitFor('NocoBase to take nothing more', SETTLE_MS, async () => {
        const status = await fetch(`${host.url}${host.apiPath}webhooks/${probe}`, { method: 'POST' }).then(
          (answer) => answer.status,
          () => 0,
        );
        return status !== 200;
      });
      if (dialect !== 'sqlite') {
        // Nobody takes over what still runs: the instance goes on saying that it lives.
        const before = await aliveUntil();
        await waitFor('the lease to be renewed', SETTLE_MS, async () => (await aliveUntil()) > before);
      }
      slow.answer();
      await stopped;
      await host.start();
      await until(key, 'finished', ({ status }) => status === 'succeeded');
      expect(slow.calls).toBe(1);
    });

    it('and then for something else is left alone', async () => {
      const key = await asking({ onInterruption: 'mark' }, HOUR);
      slow.answer();
      await isLeftAlone(key);
    });
  });

  describe.each(SENDERS)('that waits in memory for the answer to its %s', (_what, serverOf, nodeOn) => {
    const server = serverOf();
    let node: Node;

    beforeAll(async () => {
      node = await nodeOn(host, await server.listen());
    });
    afterAll(() => server.close());
    beforeEach(() => {
      server.calls = 0;
      server.answers = false;
    });

    it.each<['resume' | 'mark', string, number]>([
      ['resume', 'succeeded', 2],
      ['mark', 'interrupted', 1],
    ])('after a crash, with `onInterruption: %s`: %s', async (onInterruption, end, calls) => {
      const key = await started({ onInterruption }, [node], { sync: false });
      await waitFor('the call', SETTLE_MS, () => Promise.resolve(server.calls === 1));
      await until(key, 'waiting', ({ status, owner }) => status === 'started' && owner !== null);
      await host.kill();
      server.answers = true;
      await host.start();
      await until(key, end, ({ status, owner }) => status === end && owner === null);
      expect(server.calls).toBe(calls);
      const [jobs] = await runSql(host, [
        `SELECT count(*) AS "count" FROM jobs JOIN executions ON executions.id = jobs."executionId"` +
          ` WHERE executions."key" = '${key}'`,
      ]);
      expect(Number(jobs?.[0]?.count)).toBe(1);
    });
  });

  it('goes on where its wait ended while the plugin was disabled', async () => {
    slow.answers = true;
    const key = await started({}, [seconds(8), request()], { sync: false });
    await letGo(key);
    await host.api.switchPlugin('disable');
    await waitFor('the wait to be over', SETTLE_MS, async () => {
      const [jobs] = await runSql(host, [
        `SELECT jobs."createdAt" AS at FROM jobs JOIN executions ON executions.id = jobs."executionId"` +
          ` WHERE executions."key" = '${key}'`,
      ]);
      return Date.now() > new Date(String(jobs?.[0]?.at)).getTime() + 10_000;
    });
    expect(slow.calls).toBe(0);
    await host.api.switchPlugin('enable');
    await until(key, 'finished', ({ status }) => status === 'succeeded');
    expect(slow.calls).toBe(1);
  });

  it('is left alone after a crash while it waits again', async () => {
    slow.answers = true;
    const key = await waitingRun({ onInterruption: 'mark' }, [HOUR, request(), HOUR]);
    await letGo(key);
    await endWait(key);
    await waitFor('the second leg', SETTLE_MS, () => Promise.resolve(slow.calls === 1));
    await isLeftAlone(key);
  });
});
