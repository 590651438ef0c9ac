import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Host } from '../../../scripts/host';
import { runSql } from '../../../scripts/host/sql';
import type { WebhookConfigInput } from '../../../src/common/config';
import { ownHost } from '../../support/hosts';
import { DIALECTS } from '../../support/shared';
import { addNode, createWebhook, waitFor } from '../../support/workflows';

jest.setTimeout(300_000);

const SETTLE_MS = 60_000;

const HOUR: Parameters<typeof addNode>[2] = { type: 'delay', config: { unit: 3_600_000, duration: 1, endStatus: 1 } };

/** A server that keeps its callers waiting, until it is told to answer. */
class Slow {
  calls = 0;
  answers = false;
  private readonly open: ServerResponse[] = [];
  private readonly server: Server = createServer((_request, response) => {
    this.calls++;
    if (this.answers) {
      response.end('{}');
    } else {
      this.open.push(response);
    }
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** Answers those who wait. */
  answer(): void {
    this.open.splice(0).forEach((response) => response.end('{}'));
  }

  close(): void {
    this.open.forEach((response) => response.destroy());
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe.each(DIALECTS)('a run that waited and is gone on with by the engine, on %s', (dialect) => {
  let host: Host;
  let slow: Slow;
  let url: string;

  beforeAll(async () => {
    host = await ownHost({ dialect });
  });
  afterAll(() => host.remove());
  beforeEach(async () => {
    slow = new Slow();
    url = await slow.listen();
  });
  afterEach(() => slow.close());

  /** One delivery of a webhook with these nodes, and the workflow's key. */
  async function started(
    config: WebhookConfigInput,
    nodes: Parameters<typeof addNode>[2][],
    { sync }: { sync: boolean },
  ): Promise<string> {
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
  const waitingRun = (config: WebhookConfigInput, nodes: Parameters<typeof addNode>[2][]) =>
    started(config, nodes, { sync: true });

  const delivery = async (key: string) => {
    const [rows = []] = await runSql(host, [`SELECT status, owner FROM "webhookDeliveries" WHERE "key" = '${key}'`]);
    return rows[0];
  };

  const until = (key: string, what: string, holds: (row: Record<string, unknown>) => boolean) =>
    waitFor(`the delivery to be ${what}`, SETTLE_MS, async () => {
      const row = await delivery(key);
      return row && holds(row) && row;
    });

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

  const request = () => ({ type: 'request', config: { url, method: 'GET', timeout: 60_000 } });

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
    async function asking(config: WebhookConfigInput, ...more: Parameters<typeof addNode>[2][]): Promise<string> {
      const key = await started(config, [request(), ...more], { sync: false });
      await waitFor('the request', SETTLE_MS, () => Promise.resolve(slow.calls === 1));
      return key;
    }

    it.each<['resume' | 'mark', string, number]>([
      ['resume', 'succeeded', 2],
      ['mark', 'interrupted', 1],
    ])('after a crash, with `onInterruption: %s`: %s', async (onInterruption, end, calls) => {
      const key = await asking({ onInterruption });
      await until(key, 'waiting', ({ status, owner }) => status === 'started' && owner !== null);
      await host.kill();
      slow.answers = true;
      await host.start();
      await until(key, end, ({ status, owner }) => status === end && owner === null);
      expect(slow.calls).toBe(calls);
      const [jobs] = await runSql(host, [
        `SELECT count(*) AS "count" FROM jobs JOIN executions ON executions.id = jobs."executionId"` +
          ` WHERE executions."key" = '${key}'`,
      ]);
      expect(Number(jobs?.[0]?.count)).toBe(1);
    });

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

  it('is left alone after a crash while it waits again', async () => {
    slow.answers = true;
    const key = await waitingRun({ onInterruption: 'mark' }, [HOUR, request(), HOUR]);
    await letGo(key);
    await endWait(key);
    await waitFor('the second leg', SETTLE_MS, () => Promise.resolve(slow.calls === 1));
    await isLeftAlone(key);
  });
});
