import {
  DirectClaimer,
  type DirectClaimerParts,
} from '../../../../src/server/deliveries/execution/direct/DirectClaimer';
import type { ClaimRequest } from '../../../../src/server/deliveries/model/run';

/** What the run is like that is made of a delivery with key `a`, or a large one, in a webhook that is set so. */
async function runWith(config: object, sync = false, text = '{}') {
  const claimer = new DirectClaimer({
    lock: { transaction: (work: (tx: null) => unknown) => work(null) },
    transitions: { start: () => Promise.resolve(new Set(['d'])) },
    executions: { closeOpen: () => Promise.resolve(), insert: () => Promise.resolve() },
    engine: {
      current: (workflow: object) => workflow,
      isValid: () => Promise.resolve(true),
      planExecution: () => ({ id: 1, workflowId: 7 }),
      toModel: () => ({}),
    },
  } as unknown as DirectClaimerParts);
  const request = {
    endpoint: { key: 'k', workflowId: '7', sync, workflow: {}, config: { orderBy: null, retry: null, ...config } },
    delivery: { id: 'd', workflowId: 7, attempts: 0, executionIds: [], orderKey: 'a', text, context: {} },
  } as unknown as ClaimRequest;
  const { runs, failure } = await claimer.claim([request]);
  expect(failure).toBeNull();
  return runs[0];
}

describe('a run that is started', () => {
  test.each([
    ['for each key', { concurrency: 4, orderBy: 'json:k' }, false, 'a'],
    // A later version may let others run beside it.
    ['one by one', { concurrency: 1, orderBy: 'json:k' }, false, 'a'],
    ['side by side', { concurrency: 4 }, false, null],
    ['while its caller waits', { concurrency: 4, orderBy: 'json:k' }, true, null],
  ])('%s has its delivery’s key, if it waits for others', async (_order, config, sync, orderKey) => {
    expect(await runWith(config, sync)).toMatchObject({ kind: 'new', orderKey });
    expect(await runWith(config, sync, 'x'.repeat(20_000))).toMatchObject({ kind: 'stored', orderKey });
  });

  test('knows whether it may be tried again', async () => {
    const retry = { times: 1, backoff: 1, on: ['failed'] };
    const runs = [await runWith({ concurrency: 1, retry }), await runWith({ concurrency: 1 })];
    expect(runs.map((run) => run?.isRetried)).toEqual([true, false]);
  });
});
