import { Withdrawals } from '../../../../src/server/deliveries/intake/Withdrawals';

/** Withdrawals over deliveries that are `stored`. */
function underTest() {
  const stored = new Set<string>();
  const undecided = new Set<string>();
  const ended: string[] = [];
  let away = false;
  const withdrawals = new Withdrawals({
    lock: { transaction: <T>(work: (tx: null) => Promise<T>) => work(null) } as never,
    transitions: {
      withdraw: (id) => {
        ended.push(id);
        return Promise.resolve(stored.delete(id));
      },
      withdrawUnstarted: (ids) => Promise.resolve(ids.length),
    },
    executions: { removeOf: () => Promise.resolve() },
    recovery: {
      startedOf: (ids) =>
        away
          ? Promise.reject(new Error('away'))
          : Promise.resolve(
              ids
                .filter((id) => stored.has(id))
                .map((id) => ({
                  id,
                  key: 'k',
                  position: 1,
                  orderKey: null,
                  executionId: 1,
                  onInterruption: null,
                  attempts: 1,
                  takeovers: 0,
                })),
            ),
    },
    owner: 'me',
    isUndecided: (id) => undecided.has(id),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  return { withdrawals, stored, undecided, ended, setAway: (value: boolean) => (away = value) };
}

describe('a delivery whose caller was told that it is not stored', () => {
  test('ends once it turns out to be stored, and not before that is decided', async () => {
    const { withdrawals, stored, undecided, ended } = underTest();
    withdrawals.add('a');
    undecided.add('a');
    stored.add('a');
    await withdrawals.poll();
    expect(ended).toEqual([]);
    undecided.delete('a');
    await withdrawals.poll();
    await withdrawals.poll();
    expect(ended).toEqual(['a']);
    expect(withdrawals.holds('a')).toBe(false);
  });

  test('is forgotten after a while where it is not there, while the database can be asked', async () => {
    const { withdrawals, setAway } = underTest();
    withdrawals.add('a');
    setAway(true);
    for (let look = 0; look < 100; look++) {
      await withdrawals.poll().catch(() => undefined);
    }
    expect(withdrawals.holds('a')).toBe(true);
    setAway(false);
    for (let look = 0; look < 100; look++) {
      await withdrawals.poll();
    }
    expect(withdrawals.holds('a')).toBe(false);
  });
});
