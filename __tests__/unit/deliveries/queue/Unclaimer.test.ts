import { Unclaimer } from '../../../../src/server/deliveries/queue/Unclaimer';
import type { UnclaimerParts } from '../../../../src/server/deliveries/queue/Unclaimer';
import { PrefetchBudget } from '../../../../src/server/deliveries/queue/PrefetchBudget';
import { WebhookQueue } from '../../../../src/server/deliveries/queue/WebhookQueue';
import type { ReadyRun } from '../../../../src/server/deliveries/model/run';

it('puts nothing back while what comes behind it is being claimed, which would overtake it', async () => {
  const queue = new WebhookQueue('a', new PrefetchBudget());
  queue.setPaused(true);
  queue.addReady({ kind: 'new', id: '1', key: 'a', failures: 0, tries: 0 } as ReadyRun);
  const unclaim = jest.fn(() => Promise.resolve([]));
  const unclaimer = new Unclaimer({
    queues: { all: () => [queue] } as unknown as UnclaimerParts['queues'],
    claimer: { unclaim },
    endpointOf: () => undefined,
    onPutBack: () => undefined,
  });

  queue.setClaiming(true);
  unclaimer.check([queue]);
  expect(unclaim).not.toHaveBeenCalled();

  queue.setClaiming(false);
  unclaimer.check([queue]);
  expect(unclaim).toHaveBeenCalledTimes(1);
  await Promise.resolve();
});
