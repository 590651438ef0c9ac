import { Ownership } from '../../../../src/server/deliveries/cluster/Ownership';
import type { CutOff } from '../../../../src/server/deliveries/store/RecoveryStore';

const rowOf = (id: string): CutOff => ({
  id,
  key: 'k',
  position: id.charCodeAt(0),
  orderKey: null,
  executionId: 1,
  onInterruption: null,
  attempts: 1,
  takeovers: 0,
});

/** What this instance owns, what it has in hand, and what was taken up. */
function underTest(owned: string[]) {
  const inHand = new Set<string>();
  const taken: string[] = [];
  const ownership = new Ownership({
    store: {
      startedBy: (_owner, limit, after = '') =>
        Promise.resolve(
          owned
            .filter((id) => id > after)
            .slice(0, limit)
            .map(rowOf),
        ),
    },
    owner: 'me',
    isInHand: (id) => inHand.has(id),
    takeUp: ({ id }) => {
      taken.push(id);
      inHand.add(id);
      return Promise.resolve();
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  return { ownership, inHand, taken };
}

describe('what this instance owns', () => {
  test('and nobody has at two looks is taken up once', async () => {
    const { ownership, inHand, taken } = underTest(['a', 'b']);
    inHand.add('b');
    await ownership.check();
    expect(taken).toEqual([]);
    await ownership.check();
    await ownership.check();
    expect(taken).toEqual(['a']);
  });

  test('and is in hand at every other look is left alone', async () => {
    const { ownership, inHand, taken } = underTest(['a']);
    await ownership.check();
    inHand.add('a');
    await ownership.check();
    inHand.delete('a');
    await ownership.check();
    expect(taken).toEqual([]);
  });

  test('is looked at in whole, however much it is', async () => {
    const ids = Array.from({ length: 1_200 }, (_, index) => `d${String(index).padStart(5, '0')}`);
    const { ownership, taken } = underTest(ids);
    await ownership.check();
    await ownership.check();
    expect(taken).toEqual(ids);
  });
});
