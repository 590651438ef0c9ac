import type { Processor } from '@nocobase/plugin-workflow';
import { LeaseLost } from '../../../../src/server/deliveries/concurrency/Lease';
import { BreakOff } from '../../../../src/server/deliveries/execution/direct/processor/BreakOff';
import { useLease } from '../../../../src/server/deliveries/execution/direct/processor/useLease';

/** A processor in whose hands a transaction may be open, and what is done, in order. */
function setUp({ isFresh, isMine = true, isOpen = false }: { isFresh: boolean; isMine?: boolean; isOpen?: boolean }) {
  const steps: unknown[] = [];
  const processor = {
    scopeTransactions: new Map(isOpen ? [['node', {}]] : []),
    shouldContinueExecution: async () => {
      steps.push('continue');
      return true;
    },
    cleanupScopeTransactions: async ({ allowCommit }: { allowCommit: boolean }) => void steps.push({ allowCommit }),
    exit: async (status: unknown) => void steps.push({ exit: status }),
  };
  const confirm = async () => {
    steps.push('confirm');
    if (!isMine) {
      throw new LeaseLost();
    }
  };
  const breakOff = new BreakOff();
  useLease(processor as unknown as Processor, { isFresh, confirm }, breakOff);
  return { processor, steps, breakOff };
}

test('nothing is asked while the lease is fresh', async () => {
  const { processor, steps } = setUp({ isFresh: true, isOpen: true });
  expect(await processor.shouldContinueExecution()).toBe(true);
  await processor.exit(1);
  expect(steps).toEqual(['continue', { exit: 1 }]);
});

test('a run goes on to its next node once it is known to be this instance’s', async () => {
  const { processor, steps } = setUp({ isFresh: false });
  expect(await processor.shouldContinueExecution()).toBe(true);
  await processor.exit(1);
  expect(steps).toEqual(['confirm', 'continue', { exit: 1 }]);
});

test('one that is another’s goes on to none, and what it has open is undone', async () => {
  const { processor, steps, breakOff } = setUp({ isFresh: false, isMine: false, isOpen: true });
  await expect(processor.shouldContinueExecution()).rejects.toThrow(LeaseLost);
  expect(() => breakOff.check()).toThrow(LeaseLost);
  await expect(processor.exit(1)).rejects.toThrow(LeaseLost);
  const undone = ['confirm', { allowCommit: false }];
  expect(steps).toEqual([...undone, ...undone]);
});
