import type { Database } from '@nocobase/database';
import type { ExecutionModel } from '@nocobase/plugin-workflow';
import type { Transaction } from 'sequelize';
import type { Service } from '../concurrency/Service';
import { deliveryIdOf } from '../model/ids';
import type { Runner } from './backend';
import type { Completer } from './Completer';
import { outcomeOf, withFault } from './outcome';

/** Follows executions that end while no runner here has them: after days of waiting, by a time-out, cancelled. */
export class ExecutionWatcher implements Service {
  constructor(
    private readonly db: Database,
    private readonly runner: Runner,
    private readonly completer: Completer,
    private readonly onEnd: (id: string) => void,
    /** What the judge of a run says that the engine is still busy with; null: nobody is to be asked. */
    private readonly faultOf: (id: string) => Promise<string | null> | null = () => null,
  ) {}

  start(): void {
    this.db.on('executions.afterUpdate', this.onUpdate);
  }

  stop(): void {
    this.db.off('executions.afterUpdate', this.onUpdate);
  }

  private readonly onUpdate = (
    execution: ExecutionModel,
    { transaction }: { transaction?: Transaction | null } = {},
  ): void => {
    const id = deliveryIdOf(execution.get('eventKey'));
    if (id === null || this.runner.has(id)) {
      return;
    }
    const outcome = outcomeOf(id, execution);
    if (!outcome) {
      return;
    }
    const end = (fault: string | null) => {
      this.completer.complete({ ...(fault === null ? outcome : withFault(outcome, fault)), isSeen: true });
      // Not before it is known whether it is tried again, and what is behind it waits with it.
      void this.completer.written(id).then(() => this.onEnd(id));
    };
    const complete = () => {
      const judged = this.faultOf(id);
      if (judged) {
        void judged.then(end);
      } else {
        end(null);
      }
    };
    if (transaction) {
      transaction.afterCommit(complete);
    } else {
      complete();
    }
  };
}
