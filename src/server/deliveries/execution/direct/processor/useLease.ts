import type { Processor } from '@nocobase/plugin-workflow';
import type { Lease } from '../../../concurrency/Lease';
import type { BreakOff } from './BreakOff';

/** What the engine's types keep to themselves of a processor. */
interface Inner {
  scopeTransactions: Map<string, unknown>;
  /** Asked before each node. */
  shouldContinueExecution(): Promise<boolean>;
  cleanupScopeTransactions(options: { allowCommit: boolean }): Promise<void>;
}

/**
 * Makes a processor look before each node, and before it commits what nodes have left open, whether its run is this
 * instance's still. Where it isn't it rejects, and undoes what is open.
 */
export function useLease(processor: Processor, lease: Pick<Lease, 'isFresh' | 'confirm'>, breakOff: BreakOff): void {
  const inside = processor as unknown as Inner;
  const shouldContinue = inside.shouldContinueExecution.bind(processor);
  const exit = processor.exit.bind(processor);
  const confirm = async () => {
    try {
      await breakOff.guard(() => lease.confirm());
    } catch (error) {
      await inside.cleanupScopeTransactions({ allowCommit: false });
      throw error;
    }
  };
  inside.shouldContinueExecution = async () => {
    if (!lease.isFresh) {
      await confirm();
    }
    return shouldContinue();
  };
  processor.exit = async (status) => {
    if (!lease.isFresh && inside.scopeTransactions.size > 0) {
      await confirm();
    }
    return exit(status);
  };
}
