import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { receiver, type Entrance } from '../../../../src/server/mounts/receive';
import { Budget } from '../../../../src/server/net/budget/Budget';
import { limitsFrom } from '../../../../src/server/net/limits';
import { PublicUrl } from '../../../../src/server/net/PublicUrl';
import { TrustedProxies } from '../../../../src/server/net/TrustedProxies';
import { UnsentAnswers } from '../../../../src/server/net/UnsentAnswers';
import type { Services } from '../../../../src/server/pipeline/stage';
import type { ReportedEvent } from '../../../../src/server/report';

const fail = () => {
  throw new Error('nobody foresaw this');
};

const reported: ReportedEvent[] = [];
const services = {
  routes: { find: () => [], isLiteral: () => false },
  metrics: { observe: () => undefined },
  report: (event: ReportedEvent) => void reported.push(event),
} as unknown as Services;

const entrance: Entrance = {
  proxies: new TrustedProxies(undefined, fail),
  publicUrl: new PublicUrl(undefined, fail),
  budget: new Budget(limitsFrom({}, fail)),
  unsent: new UnsentAnswers(1 << 20),
};

let server: Server;
let receive = receiver(entrance, services);
let before: (response: { setHeader(name: string, value: string): void; write(text: string): void }) => void = () =>
  undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    before(response);
    void receive(request, response, { target: { path: 'secret', keyOnly: false }, path: '/secret', search: '' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  reported.length = 0;
});

const call = () => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { method: 'POST', body: '{}' });

it('answers', async () => {
  const answer = await call();
  expect([answer.status, await answer.json()]).toEqual([
    404,
    { errors: [expect.objectContaining({ code: 'WEBHOOK_NOT_FOUND' })] },
  ]);
});

describe('what no stage answers for', () => {
  beforeAll(() => {
    receive = receiver({ ...entrance, budget: { lease: fail } as unknown as Budget }, services);
  });

  it('is answered and reported, and nothing of the path with it', async () => {
    before = (response) => response.setHeader('x-half', 'done');
    const answer = await call();
    expect([answer.status, answer.headers.get('x-half'), await answer.json()]).toEqual([
      500,
      null,
      { errors: [{ code: 'INTERNAL', message: expect.any(String) as string }] },
    ]);
    expect(reported).toEqual([
      { path: '', code: 'INTERNAL', reason: expect.stringContaining('nobody foresaw this') as string },
    ]);
    expect(JSON.stringify(reported)).not.toContain('secret');
  });

  it('ends the connection, once an answer has begun', async () => {
    before = (response) => response.write('half');
    await expect(call().then((answer) => answer.text())).rejects.toThrow();
    expect(reported).toHaveLength(1);
  });
});
