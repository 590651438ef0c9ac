import { EventEmitter } from 'node:events';
import type { Database } from '@nocobase/database';
import { Orphans, type OrphansParts } from '../../../../src/server/deliveries/cluster/Orphans';

/** Deliveries that wait under keys and in versions that are gone; those that `broken` names can't be cancelled. */
function setUp(keys: Record<string, string[]>, versions: Record<string, string[]> = {}, broken?: string) {
  const db = new EventEmitter();
  const cancelled: string[] = [];
  const left = (all: Record<string, string[]>) =>
    Promise.resolve(Object.keys(all).filter((name) => all[name]?.some((id) => !cancelled.includes(id))));
  const open = (ids: string[] = []) => ids.filter((id) => !cancelled.includes(id));
  let looks = 0;
  const parts = {
    db: db as unknown as Database,
    store: {
      keys: () => (looks++, left(keys)),
      versions: () => left(versions),
      waiting: (version: string, after: string) =>
        Promise.resolve(
          open(versions[version])
            .filter((id) => id > after)
            .map((id) => ({ id, executionId: null })),
        ),
    },
    deliveries: {
      nextIds: (key: string) =>
        key === broken ? Promise.reject(new Error('a lock')) : Promise.resolve(open(keys[key]).slice(0, 2)),
    },
    transitions: {
      cancelUnstarted: (ids: readonly string[]) => Promise.resolve(cancelled.push(...ids)),
    },
    completer: {
      complete: ({ id }: { id: string }) => void cancelled.push(id),
      written: () => Promise.resolve(),
    },
    engine: {},
    log: { info() {}, warn() {}, error() {} },
  };
  const orphans = new Orphans(parts as unknown as OrphansParts);
  orphans.start();
  const destroy = (key: string, id = 1) => {
    db.emit('workflows.afterDestroy', { key, id });
    return new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { orphans, cancelled, destroy, db, looks: () => looks };
}

describe('what waits of workflows that are gone', () => {
  it('is cancelled at the second look, in batches', async () => {
    const { orphans, cancelled } = setUp({ gone: ['1', '2', '3', '4', '5'] }, { '7': ['8', '9'] });
    await orphans.poll();
    expect(cancelled).toEqual([]);
    await orphans.poll();
    expect(cancelled).toEqual(['1', '2', '3', '4', '5', '8', '9']);
  });

  it('is cancelled at once where it was told of', async () => {
    const { cancelled, destroy } = setUp({ gone: ['1'], other: ['2'] }, { '7': ['3'], '8': ['4'] });
    await destroy('gone', 7);
    while (cancelled.length < 2) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(cancelled).toEqual(['1', '3']);
  });

  it('is looked for as long as something is found, and then now and then', async () => {
    const { orphans, looks } = setUp({ gone: ['1'] });
    await orphans.poll(0);
    await orphans.poll(1);
    await orphans.poll(2);
    expect(looks()).toBe(3);
    await orphans.poll(3);
    await orphans.poll(599_999);
    expect(looks()).toBe(3);
    await orphans.poll(600_002);
    expect(looks()).toBe(4);
  });

  it('that can’t be cancelled yet keeps no other from it', async () => {
    const { orphans, cancelled } = setUp({ broken: ['1'], gone: ['2'] }, {}, 'broken');
    await orphans.poll();
    await orphans.poll();
    expect(cancelled).toEqual(['2']);
  });

  it('is nobody’s any more once this instance stops', async () => {
    const { orphans, cancelled, destroy, db } = setUp({ gone: ['1'] });
    orphans.stop();
    await destroy('gone');
    expect([cancelled, db.listenerCount('workflows.afterDestroy')]).toEqual([[], 0]);
  });
});
