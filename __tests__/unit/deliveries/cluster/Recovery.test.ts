import { Recovery, type RecoveryParts } from '../../../../src/server/deliveries/cluster/Recovery';
import type { CutOff } from '../../../../src/server/deliveries/store/RecoveryStore';

const cutOff = (id: string): CutOff => ({
  id,
  key: 'k',
  position: id,
  orderKey: null,
  executionId: 1,
  onInterruption: 'resume',
  attempts: 1,
  takeovers: 0,
});
const QUEUE = { key: 'k', owner: 'dead', notified: false, paused: false };

/** A dead instance with a queue and started deliveries; what is done, in order. */
function setUp({ started = ['2', '1', '3'], lives = false, ghosts = [] as string[], commits = true } = {}) {
  const steps: string[] = [];
  const note = (step: string) => void steps.push(step);
  const isHeld: boolean[] = [];
  const parts = {
    lock: {
      transaction: async (work: (tx: null) => Promise<void>) => {
        await work(null);
        if (!commits) {
          throw new Error('the answer of COMMIT was lost');
        }
        note('commit');
      },
    },
    instances: {
      lease: { isLost: false, confirm: () => Promise.resolve() },
      findDead: () => Promise.resolve(ghosts.length > 0 ? [] : [{ id: 'dead', isGone: false }]),
    },
    instanceStore: {
      retire: (id: string) => Promise.resolve(note(`retire ${id}`) ?? !lives),
      ghosts: () => Promise.resolve(ghosts),
    },
    leaseStore: {
      takeOver: () => Promise.resolve(note('take queues') ?? [QUEUE]),
      notifyForgotten: () => Promise.resolve(),
    },
    store: {
      startedBy: () => Promise.resolve(started.map(cutOff)),
      endedUnseen: () => Promise.resolve([]),
    },
    transitions: { takeOver: () => Promise.resolve(note('take deliveries') ?? started.length) },
    leases: {
      inherit: () => note('inherit'),
      disinherit: () => note('disinherit'),
      enter: (queues: object[]) => Promise.resolve(note(`enter ${queues.length}`)),
      ensure: () => Promise.resolve(),
      poll: () => Promise.resolve(),
    },
    scheduler: {
      isFull: false,
      resume: ({ id }: { id: string }) => {
        isHeld.push(recovery.holds(started.at(-1) ?? ''));
        note(`resume ${id}`);
      },
    },
    log: { info() {}, warn() {}, error() {} },
    owner: 'me',
    serving: () => true,
    endpoints: () => [],
  };
  const recovery = new Recovery(parts as unknown as RecoveryParts);
  return { recovery, steps, isHeld };
}

const TAKEN = ['retire dead', 'take queues', 'take deliveries', 'inherit', 'commit'];

test('what a dead instance had started goes on in order, before anything is started in its queues', async () => {
  const { recovery, steps, isHeld } = setUp();
  await recovery.sweep();
  expect(steps).toEqual([...TAKEN, 'resume 1', 'resume 2', 'resume 3', 'enter 1']);
  // Nobody takes them for lost meanwhile.
  expect([isHeld, recovery.holds('3')]).toEqual([[true, true, true], false]);
});

test('nothing is taken of one that lives after all', async () => {
  const { recovery, steps } = setUp({ lives: true });
  await recovery.sweep();
  expect(steps).toEqual(['retire dead', 'commit', 'enter 0']);
});

test('nothing is in hand where the take-over failed, or may have', async () => {
  const { recovery, steps } = setUp({ commits: false });
  await expect(recovery.sweep()).rejects.toThrow('COMMIT');
  expect([steps.at(-1), recovery.holds('3')]).toEqual(['disinherit', false]);
});

test('what an unknown instance owns is taken over, and never its own', async () => {
  const { recovery, steps } = setUp({ ghosts: ['me', 'dead'] });
  await recovery.sweep();
  expect(steps.filter((step) => step.startsWith('retire'))).toEqual(['retire dead']);
});
