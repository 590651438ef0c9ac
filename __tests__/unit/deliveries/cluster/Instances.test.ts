import { Instances, LOOK_MS } from '../../../../src/server/deliveries/cluster/Instances';

/** An instance that owns started deliveries, and the leases that it asks for; each renewal waits to be let through. */
function underTest({
  isRunning,
  owns,
  isTaken = () => false,
  others = [],
}: {
  isRunning: boolean;
  owns: number;
  isTaken?(): boolean;
  others?: object[];
}) {
  const leases: number[] = [];
  let losses = 0;
  const waiting: (() => void)[] = [];
  let forgotten = 0;
  const instances = new Instances({
    store: {
      renew: (_id: string, ttl: number) =>
        new Promise<boolean>((resolve) => {
          waiting.push(() => {
            leases.push(ttl);
            resolve(!isTaken());
          });
        }),
      forget: () => Promise.resolve(void forgotten++),
      register: () => Promise.resolve(),
      list: () => Promise.resolve([{ id: 'me', pidNamespace: null, pid: 1 }, ...others]),
    } as never,
    leases: { releaseAllOf: () => Promise.resolve() } as never,
    recovery: { startedBy: () => Promise.resolve(Array.from({ length: owns })) } as never,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    self: { id: 'me', pidNamespace: null, pid: 1 },
    alone: false,
    isRunning: () => isRunning,
    onLost: () => void losses++,
  });
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) {
      await Promise.resolve();
      waiting.splice(0).forEach((done) => done());
    }
  };
  return { instances, leases, settle, forgotten: () => forgotten, losses: () => losses };
}

describe('an instance that ends', () => {
  test('gives its identity up where it owns started deliveries that nobody runs', async () => {
    const { instances, leases, settle, forgotten } = underTest({ isRunning: false, owns: 1 });
    void instances.stop();
    await settle();
    expect([leases, forgotten()]).toEqual([[], 1]);
  });

  test('lets it run out where runs execute nodes still', async () => {
    const { instances, leases, settle } = underTest({ isRunning: true, owns: 1 });
    void instances.stop();
    await settle();
    expect(leases[0]).toBeGreaterThan(0);
  });

  test('says nothing after its last word', async () => {
    const { instances, leases, settle, forgotten, losses } = underTest({
      isRunning: false,
      owns: 0,
      isTaken: () => true,
    });
    const renewing = instances.heartbeat();
    const stopping = instances.stop();
    const late = instances.heartbeat();
    await settle();
    await Promise.all([renewing, stopping, late]);
    expect([leases.length, forgotten(), losses()]).toEqual([1, 1, 0]);
  });
});

test('an instance that was taken over says so once, and is no more', async () => {
  let isTaken = false;
  const { instances, settle, losses } = underTest({ isRunning: true, owns: 1, isTaken: () => isTaken });
  const first = instances.heartbeat();
  await settle();
  await first;
  expect(instances.lease.isFresh).toBe(true);
  isTaken = true;
  const second = instances.heartbeat();
  await settle();
  await Promise.all([second, instances.heartbeat()]);
  expect([instances.lease.isFresh, instances.lease.isLost, losses()]).toEqual([false, true, 1]);
});

describe('an instance that starts', () => {
  const other = { id: 'other', pidNamespace: null, pid: 2, expired: 0 };

  test('takes nothing until those that are there have had the time to see it', async () => {
    const { instances, settle } = underTest({ isRunning: false, owns: 0, others: [other] });
    jest.useFakeTimers();
    let hasStarted = false;
    void instances.start().then(() => (hasStarted = true));
    await settle();
    await jest.advanceTimersByTimeAsync(LOOK_MS * 2);
    expect([hasStarted, instances.isShared]).toEqual([false, true]);
    await jest.advanceTimersByTimeAsync(LOOK_MS);
    expect(hasStarted).toBe(true);
    jest.useRealTimers();
  });

  test('takes calls at once where it is alone', async () => {
    const { instances, settle } = underTest({ isRunning: false, owns: 0 });
    const started = instances.start();
    await settle();
    await started;
    expect(instances.isShared).toBe(false);
  });
});
