import { DirectRunner, type DirectRunnerParts } from '../../../../src/server/deliveries/execution/direct/DirectRunner';
import type { WokenRun } from '../../../../src/server/deliveries/model/run';
import { QueueSet } from '../../../../src/server/deliveries/queue/QueueSet';
import { HeldRuns } from '../../../../src/server/deliveries/queue/resuming/HeldRuns';
import { Resumptions, type ResumptionsParts } from '../../../../src/server/deliveries/queue/resuming/Resumptions';

const NOTE = { id: 'd', key: 'k', executionId: 1, jobId: '7', orderKey: 'a' };

test('a note that was read before it was taken makes a leg that does nothing, of a run that stays held', async () => {
  const held = new HeldRuns();
  const queues = new QueueSet();
  queues.of('k').acquired();
  const legs: WokenRun[] = [];
  const resumptions = new Resumptions({
    store: {
      // Before what was read is looked at, the run has been taken, has begun, and waits for its call.
      of: () => {
        held.begin({ ...NOTE, kind: 'woken', failures: 0, tries: 0, noted: false }, 1, true);
        held.pause('d', 'calling');
        return Promise.resolve([NOTE]);
      },
    },
    held,
    queues,
    dispatcher: { addLeg: (run: WokenRun) => legs.push(run) },
  } as unknown as ResumptionsParts);
  await resumptions.read();
  await new Promise(process.nextTick);
  expect(legs).toEqual([{ ...NOTE, kind: 'woken', failures: 0, tries: 0, noted: true }]);
  const runner = new DirectRunner({
    resumptions: { take: () => Promise.resolve(false) },
  } as unknown as DirectRunnerParts);
  const [leg] = legs as [WokenRun];
  expect(await runner.run(leg)).toEqual({ processor: null, isCalling: false, hasFailed: false, isStale: true });
});
