import { erase, type ErasureParts } from '../../../../src/server/deliveries/intake/erase';

describe('erased', () => {
  /** An open delivery and one that has ended, and what is done with them. */
  function underTest() {
    const status = new Map([
      ['open', 'received'],
      ['ended', 'succeeded'],
    ]);
    const done: string[] = [];
    const rowOf = (id: string) => ({
      id,
      status: status.get(id),
      contentType: null,
      context: null,
      executionId: null,
      executionIds: null,
      dedupeSlot: null,
    });
    const parts = {
      erasure: {
        read: (ids: string[]) => Promise.resolve(ids.map(rowOf)),
        erase: (rows: { id: string }[]) => Promise.resolve(void done.push(`erase ${rows.map(({ id }) => id).join()}`)),
      },
      cancel: (id: string) => {
        done.push(`cancel ${id}`);
        status.set(id, 'cancelled');
        return Promise.resolve(true);
      },
      discard: () => Promise.resolve(),
    } as unknown as ErasureParts;
    return { parts, done };
  }

  test('are open ones where they are to be cancelled, in the way that lets go on what is behind them', async () => {
    const { parts, done } = underTest();
    const erased = await erase(['open', 'ended'], { execution: false, cancel: true }, parts);
    expect([erased, done]).toEqual([{ erased: 2, open: 0 }, ['cancel open', 'erase open,ended']]);
  });

  test('are those alone that have ended, where not', async () => {
    const { parts, done } = underTest();
    const erased = await erase(['open', 'ended'], { execution: false, cancel: false }, parts);
    expect([erased, done]).toEqual([{ erased: 1, open: 1 }, ['erase ended']]);
  });
});
