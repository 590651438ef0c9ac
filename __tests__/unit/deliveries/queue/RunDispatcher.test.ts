import type { ExecutionModel } from '@nocobase/plugin-workflow';
import type { Endpoint } from '../../../../src/server/endpoints/Endpoint';
import type { Leg, Runner } from '../../../../src/server/deliveries/execution/backend';
import type { ReadyRun, WokenRun } from '../../../../src/server/deliveries/model/run';
import { QueueSet } from '../../../../src/server/deliveries/queue/QueueSet';
import { HeldRuns } from '../../../../src/server/deliveries/queue/resuming/HeldRuns';
import { RunDispatcher } from '../../../../src/server/deliveries/queue/RunDispatcher';
import { Throttle } from '../../../../src/server/deliveries/queue/Throttle';

const ENDED: Leg = { processor: null, isCalling: false };
const CALLING: Leg = { processor: null, isCalling: true };

const runOf = (id: string, key = 'k'): ReadyRun => ({ kind: 'cutOff', id, key, executionId: 1, failures: 0, tries: 0 });

const newRun = (id: string): ReadyRun => ({
  kind: 'new',
  id,
  key: 'k',
  executionId: 1,
  execution: { workflowId: 7 } as ExecutionModel,
  failures: 0,
  tries: 0,
});

const wokenOf = (id: string): WokenRun => ({
  kind: 'woken',
  id,
  key: 'k',
  executionId: 1,
  jobId: `job of ${id}`,
  failures: 0,
  tries: 0,
  noted: false,
});

/** A dispatcher whose runs end when the test says so. */
function underTest(concurrency: number, maxRuns = 16) {
  const begun: string[] = [];
  const ends = new Map<string, { resolve(leg: Leg): void; reject(error: Error): void }>();
  const runner: Runner = {
    has: () => false,
    holds: () => false,
    run: (run) => {
      begun.push(run.id);
      return new Promise<Leg>((resolve, reject) => ends.set(run.id, { resolve, reject }));
    },
    mark: () => Promise.resolve(),
  };
  const held = new HeldRuns();
  const queues = new QueueSet();
  queues.of('k').acquired();
  const dispatcher: RunDispatcher = new RunDispatcher({
    queues,
    runner,
    held,
    log: { info() {}, warn() {}, error() {} },
    endpointOf: () => ({ workflowId: '7', config: { concurrency, onInterruption: 'resume' } }) as Endpoint,
    maxRuns,
    maxSyncRuns: 64,
    throttle: new Throttle(),
    note: () => Promise.resolve(),
    onInterruption: () => Promise.resolve('resume'),
    onEnd: () => dispatcher.dispatch(),
  });
  const add = (...runs: ReadyRun[]) => {
    runs.forEach((run) => dispatcher.add(run));
    dispatcher.dispatch();
  };
  const settle = async (work: () => void) => {
    work();
    await jest.advanceTimersByTimeAsync(0);
  };
  return {
    dispatcher,
    held,
    queues,
    begun,
    add,
    end: (id: string, leg = ENDED) => settle(() => ends.get(id)?.resolve(leg)),
    breakOff: (id: string) => settle(() => ends.get(id)?.reject(new Error('the node is gone'))),
  };
}

describe('runs of a webhook', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('keep their place while they wait for their own call, but not their slot', async () => {
    const { begun, add, end, dispatcher, held } = underTest(1, 1);
    add(runOf('1'), runOf('2'), runOf('other', 'other'));
    await end('1', CALLING);
    expect(begun).toEqual(['1', 'other']);
    const leg = await held.wake(wokenOf('1'), () => Promise.resolve());
    dispatcher.addLeg(leg ?? runOf('none'));
    expect(begun).toEqual(['1', 'other']);
    await end('other');
    expect(begun).toEqual(['1', 'other', '1']);
    await end('1');
    expect(begun).toEqual(['1', 'other', '1', '2']);
  });

  test('have no slot while the database doesn’t take what they came to, but keep their place', async () => {
    const { begun, add, end, dispatcher } = underTest(1, 1);
    add(runOf('1'), runOf('2'), runOf('other', 'other'));
    dispatcher.setStalled('1', true);
    dispatcher.setStalled('1', true);
    expect(begun).toEqual(['1', 'other']);
    await end('other');
    dispatcher.setStalled('1', false);
    await end('1');
    expect(begun).toEqual(['1', 'other', '2']);
    // One that a caller waits for has none of these.
    dispatcher.setStalled('a caller’s', true);
    add(runOf('another', 'other'));
    expect(begun).toEqual(['1', 'other', '2']);
  });

  test('go on from an answer that came before they stood still', async () => {
    const { begun, add, end, held } = underTest(1);
    add(runOf('1'), runOf('2'));
    expect(await held.wake(wokenOf('1'), () => Promise.resolve())).toBeNull();
    await end('1');
    expect(begun).toEqual(['1', '1']);
    await end('1');
    expect(begun).toEqual(['1', '1', '2']);
  });

  test('free their place where they end while they wait', async () => {
    const { begun, add, end, dispatcher } = underTest(1);
    add(runOf('1'), runOf('2'));
    await end('1', CALLING);
    dispatcher.ended('1');
    expect(begun).toEqual(['1', '2']);
  });

  test('that break off keep their turn one by one: what is behind waits', async () => {
    const { begun, add, breakOff, end } = underTest(1);
    add(runOf('1'), runOf('2'));
    await breakOff('1');
    expect(begun).toEqual(['1']);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(begun).toEqual(['1', '1']);
    await end('1');
    expect(begun).toEqual(['1', '1', '2']);
  });

  test('that break off by themselves again and again let those behind them in once they are marked', async () => {
    const { begun, add, breakOff } = underTest(1);
    add(runOf('1'), runOf('2'));
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(begun).toEqual(Array<string>(attempt).fill('1'));
      await breakOff('1');
      await jest.advanceTimersByTimeAsync(60_000);
    }
    expect(begun).toEqual([...Array<string>(5).fill('1'), '2']);
  });

  test('that break off side by side are the next to get a place again', async () => {
    const { begun, add, breakOff, end } = underTest(2);
    add(...['1', '2', '3', '4'].map(newRun));
    await breakOff('1');
    expect(begun).toEqual(['1', '2', '3']);
    await jest.advanceTimersByTimeAsync(1_000);
    await end('2');
    expect(begun).toEqual(['1', '2', '3', '1']);
  });

  test('that were claimed ahead do not begin once their webhook is paused', async () => {
    const { begun, add, end, queues } = underTest(1);
    add(newRun('1'), newRun('2'));
    queues.of('k').setPaused(true);
    await end('1');
    expect(begun).toEqual(['1']);
  });

  test('that could not be put back have their turn again, also behind one that went on meanwhile', async () => {
    const { begun, add, end, queues, dispatcher } = underTest(1);
    add(newRun('1'), newRun('2'));
    const queue = queues.of('k');
    const taken = queue.takeFresh();
    dispatcher.addLeg(wokenOf('3'));
    expect(dispatcher.holds('2')).toBe(false);
    queue.putBack(taken);
    dispatcher.putBack(queue);
    expect(dispatcher.holds('2')).toBe(true);
    await end('3');
    await end('1');
    expect(begun).toEqual(['1', '3', '2']);
  });

  test('are bounded for a process where callers wait', () => {
    const { dispatcher } = underTest(1);
    for (let open = 0; open < 512; open++) {
      dispatcher.enter();
    }
    expect(() => dispatcher.enter()).toThrow(expect.objectContaining({ code: 'OVERLOADED' }) as Error);
    dispatcher.leave();
    expect(() => dispatcher.enter()).not.toThrow();
  });

  test('hold up the end for a while at most', async () => {
    const { dispatcher, begun, end } = underTest(1);
    dispatcher.add(runOf('a'));
    dispatcher.dispatch();
    expect(begun).toEqual(['a']);
    await dispatcher.stop(10);
    expect(dispatcher.isRunning).toBe(true);
    const stopped = dispatcher.stop();
    await end('a');
    await stopped;
    expect(dispatcher.isRunning).toBe(false);
  });
});
