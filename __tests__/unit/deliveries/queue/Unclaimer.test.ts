import { PrefetchBudget } from '../../../../src/server/deliveries/queue/PrefetchBudget';
import type { QueueSet } from '../../../../src/server/deliveries/queue/QueueSet';
import { Unclaimer } from '../../../../src/server/deliveries/queue/Unclaimer';
import { WebhookQueue } from '../../../../src/server/deliveries/queue/WebhookQueue';
import type { ReadyRun } from '../../../../src/server/deliveries/model/run';

const runOf = (id: string): ReadyRun => ({
  kind: 'stored',
  id,
  key: 'k',
  executionId: 1,
  earlier: [],
  workflowId: 1,
  failures: 0,
  tries: 0,
  orderKey: null,
});

/** A queue of a webhook that is off, so that what was claimed ahead must not begin. */
function setUp() {
  const queue = new WebhookQueue('k', new PrefetchBudget());
  const unclaimed: string[][] = [];
  const unclaimer = new Unclaimer({
    queues: { all: () => [queue] } as unknown as QueueSet,
    claimer: {
      unclaim: (runs) => {
        unclaimed.push(runs.map(({ id }) => id));
        return Promise.resolve([]);
      },
    },
    endpointOf: () => undefined,
    onPutBack: () => undefined,
  });
  queue.acquired();
  return { queue, unclaimer, unclaimed };
}

describe('what must not begin', () => {
  test('is put back', () => {
    const { queue, unclaimer, unclaimed } = setUp();
    ['a', 'b'].map(runOf).forEach((run) => queue.addReady(run));
    unclaimer.check([queue]);
    expect(unclaimed).toEqual([['a', 'b']]);
  });

  test('is put back with what is being claimed behind it, which would come first otherwise', () => {
    const { queue, unclaimer, unclaimed } = setUp();
    queue.addReady(runOf('a'));
    queue.setClaiming(true);
    unclaimer.check([queue]);
    expect(unclaimed).toEqual([]);
    queue.addReady(runOf('b'));
    queue.setClaiming(false);
    unclaimer.check([queue]);
    expect(unclaimed).toEqual([['a', 'b']]);
  });
});
