import type { ExecutionModel } from '@nocobase/plugin-workflow';
import type { WebhookError } from '../../../../src/common/errors';
import type { Endpoint } from '../../../../src/server/endpoints/Endpoint';
import { LeaseLost } from '../../../../src/server/deliveries/concurrency/Lease';
import type { Leg, Runner } from '../../../../src/server/deliveries/execution/backend';
import type { ReadyRun, WokenRun } from '../../../../src/server/deliveries/model/run';
import { QueueSet } from '../../../../src/server/deliveries/queue/QueueSet';
import { HeldRuns } from '../../../../src/server/deliveries/queue/resuming/HeldRuns';
import { RunDispatcher } from '../../../../src/server/deliveries/queue/RunDispatcher';
import { Throttle } from '../../../../src/server/deliveries/queue/Throttle';

const ENDED: Leg = { processor: null, isCalling: false, hasFailed: false, isStale: false };
const CALLING: Leg = { processor: null, isCalling: true, hasFailed: false, isStale: false };
const STALE: Leg = { ...ENDED, isStale: true };

const runOf = (id: string, key = 'k'): ReadyRun => ({
  kind: 'cutOff',
  id,
  key,
  executionId: 1,
  failures: 0,
  tries: 0,
  orderKey: null,
});

const newRun = (id: string): ReadyRun => ({
  kind: 'new',
  id,
  key: 'k',
  executionId: 1,
  earlier: [],
  execution: { workflowId: 7 } as ExecutionModel,
  failures: 0,
  tries: 0,
  orderKey: null,
});

const wokenOf = (id: string): WokenRun => ({
  kind: 'woken',
  id,
  key: 'k',
  executionId: 1,
  jobId: `job of ${id}`,
  failures: 0,
  tries: 0,
  orderKey: null,
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
  const asking: { resolve(): void; reject(error: Error): void }[] = [];
  const lease = {
    isFresh: true,
    isLost: false,
    confirm: () =>
      lease.isFresh
        ? Promise.resolve()
        : new Promise<void>((resolve, reject) => asking.push({ resolve: () => resolve(), reject })),
  };
  const writing = new Map<string, () => void>();
  const held = new HeldRuns();
  const queues = new QueueSet();
  queues.of('k').acquired();
  const dispatcher: RunDispatcher = new RunDispatcher({
    queues,
    runner,
    held,
    lease,
    log: { info() {}, warn() {}, error() {} },
    endpointOf: () =>
      ({ workflowId: '7', config: { concurrency, orderBy: null, onInterruption: 'resume', retry: null } }) as Endpoint,
    maxRuns,
    maxSyncRuns: 64,
    throttle: new Throttle(),
    written: (id) => new Promise<void>((resolve) => writing.set(id, resolve)),
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
    written: (id: string) => settle(() => writing.get(id)?.()),
    breakOff: (id: string, error = new Error('the node is gone')) => settle(() => ends.get(id)?.reject(error)),
    lease,
    /** What asking for the lease comes to. */
    confirmed: (isMine: boolean) =>
      settle(() => {
        lease.isFresh = isMine;
        lease.isLost = !isMine;
        asking.splice(0).forEach(({ resolve, reject }) => (isMine ? resolve() : reject(new LeaseLost())));
      }),
    asked: () => asking.length,
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

  const FAILED: Leg = { ...ENDED, hasFailed: true };

  test('keep their place where they failed until it is written down whether they are tried again', async () => {
    const { begun, add, end, written } = underTest(1, 1);
    // Whatever their webhook says by now.
    add({ ...runOf('1'), isRetried: true }, runOf('2'), runOf('other', 'other'));
    await end('1', FAILED);
    // Its slot is another one's.
    expect(begun).toEqual(['1', 'other']);
    await written('1');
    await end('other');
    expect(begun).toEqual(['1', 'other', '2']);
  });

  test('keep it so in a leg behind an answer, and where nothing is known of that', async () => {
    const { begun, add, end, written, dispatcher, held } = underTest(1);
    add({ ...runOf('1'), isRetried: true }, runOf('2'), runOf('3'));
    await end('1', CALLING);
    const leg = await held.wake(wokenOf('1'), () => Promise.resolve());
    dispatcher.addLeg(leg ?? runOf('none'));
    await end('1', FAILED);
    expect(begun).toEqual(['1', '1']);
    await written('1');
    await end('2', FAILED);
    expect(begun).toEqual(['1', '1', '2']);
    await written('2');
    expect(begun).toEqual(['1', '1', '2', '3']);
  });

  test('hold nobody up by that where they are not tried again, or once NocoBase ends', async () => {
    const { begun, add, end } = underTest(1);
    add({ ...runOf('1'), isRetried: false }, runOf('2'));
    await end('1', FAILED);
    expect(begun).toEqual(['1', '2']);
    const ending = underTest(1);
    ending.add({ ...runOf('1'), isRetried: true });
    await ending.end('1', FAILED);
    const stopped = jest.fn();
    void ending.dispatcher.stop().then(stopped);
    await jest.advanceTimersByTimeAsync(1);
    expect(stopped).toHaveBeenCalled();
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

  test('begin only under a lease that is fresh, or was confirmed', async () => {
    const { begun, add, end, lease, asked, confirmed } = underTest(1);
    add(runOf('1'), runOf('2'), runOf('3'));
    lease.isFresh = false;
    await end('1');
    expect([begun, asked()]).toEqual([['1'], 1]);
    await confirmed(true);
    expect(begun).toEqual(['1', '2']);
    lease.isFresh = false;
    await end('2');
    await confirmed(false);
    await end('2');
    expect(begun).toEqual(['1', '2']);
  });

  test('are let go of where another instance has taken them over', async () => {
    const { begun, add, breakOff, dispatcher, held } = underTest(1);
    add(runOf('1'), runOf('2'));
    await breakOff('1', new LeaseLost());
    expect([held.has('1'), dispatcher.holds('1')]).toEqual([false, false]);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(begun).toEqual(['1', '2']);
  });

  test('go on elsewhere, as their callers are told', async () => {
    const { dispatcher, breakOff, lease, confirmed, begun } = underTest(1);
    const told = (id: string) => dispatcher.runNow(newRun(id), {}).catch((error: WebhookError) => error.code);
    const first = told('1');
    await jest.advanceTimersByTimeAsync(0);
    await breakOff('1', new LeaseLost());
    lease.isFresh = false;
    const second = told('2');
    await jest.advanceTimersByTimeAsync(0);
    await confirmed(false);
    expect([await first, await second, begun]).toEqual(['WORKFLOW_TIMEOUT', 'WORKFLOW_TIMEOUT', ['1']]);
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

  test('keep their place and their key where another leg finds that it has been taken already', async () => {
    const { begun, add, end, dispatcher, held } = underTest(2);
    const keyed = (id: string): ReadyRun => ({ ...runOf(id), orderKey: 'a' });
    // Woken after a wait, by a note in the database; it calls out, and is read once more by who looked before.
    add({ ...wokenOf('1'), orderKey: 'a', noted: true }, keyed('2'));
    await end('1', CALLING);
    const again = async (): Promise<void> => {
      const leg = await held.wake({ ...wokenOf('1'), noted: true }, () => Promise.resolve());
      if (leg) {
        dispatcher.addLeg(leg);
      }
    };
    await again();
    await end('1', STALE);
    expect(begun).toEqual(['1', '1']);
    expect([held.hasPlace('1'), held.calling().map(({ id }) => id)]).toEqual([true, ['1']]);
    // The answer comes while such a leg is under way.
    await again();
    await again();
    await end('1', STALE);
    expect(begun).toEqual(['1', '1', '1', '1']);
    await end('1');
    expect(begun).toEqual(['1', '1', '1', '1', '2']);
  });

  test('end at once where nobody here has what was taken already', async () => {
    const { begun, add, end, held } = underTest(1);
    add({ ...wokenOf('1'), noted: true }, runOf('2'));
    await end('1', STALE);
    expect([begun, held.has('1')]).toEqual([['1', '2'], false]);
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
