import { Instances } from '../../../../src/server/deliveries/cluster/Instances';

/** An instance that owns started deliveries, and the leases that it asks for; each renewal waits to be let through. */
function underTest({ isRunning, owns }: { isRunning: boolean; owns: number }) {
  const leases: number[] = [];
  const waiting: (() => void)[] = [];
  let forgotten = 0;
  const instances = new Instances({
    store: {
      heartbeat: (_instance: unknown, ttl: number) =>
        new Promise<void>((resolve) => {
          waiting.push(() => {
            leases.push(ttl);
            resolve();
          });
        }),
      forget: () => Promise.resolve(void forgotten++),
    } as never,
    leases: { releaseAllOf: () => Promise.resolve() } as never,
    recovery: { startedBy: () => Promise.resolve(Array.from({ length: owns })) } as never,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    self: { id: 'me', pidNamespace: null, pid: 1 },
    alone: false,
    isRunning: () => isRunning,
  });
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) {
      await Promise.resolve();
      waiting.splice(0).forEach((done) => done());
    }
  };
  return { instances, leases, settle, forgotten: () => forgotten };
}

describe('an instance that ends', () => {
  test('gives its lease up where it owns started deliveries that nobody runs', async () => {
    const { instances, leases, settle } = underTest({ isRunning: false, owns: 1 });
    void instances.stop();
    await settle();
    expect(leases).toHaveLength(1);
    expect(leases[0]).toBeLessThan(0);
  });

  test('lets it run out where runs execute nodes still', async () => {
    const { instances, leases, settle } = underTest({ isRunning: true, owns: 1 });
    void instances.stop();
    await settle();
    expect(leases[0]).toBeGreaterThan(0);
  });

  test('says nothing after its last word', async () => {
    const { instances, leases, settle, forgotten } = underTest({ isRunning: false, owns: 0 });
    const beating = instances.heartbeat();
    const stopping = instances.stop();
    const late = instances.heartbeat();
    await settle();
    await Promise.all([beating, stopping, late]);
    expect(leases).toHaveLength(1);
    expect(forgotten()).toBe(1);
  });
});
