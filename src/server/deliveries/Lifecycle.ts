import type { Database } from '@nocobase/database';
import type { ExecutionModel } from '@nocobase/plugin-workflow';
import type { Transaction } from 'sequelize';
import { outcomeOf } from './engine';
import type { Finisher } from './Finisher';
import { isDeliveryId } from './ids';
import type { RunStrategy } from './strategy';

/** Follows executions that end outside this node's hands: after days of waiting, by a time-out, cancelled. */
export class Lifecycle {
  constructor(
    private readonly db: Database,
    private readonly runner: RunStrategy,
    private readonly finisher: Finisher,
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
    const eventKey: unknown = execution.get('eventKey');
    if (!isDeliveryId(eventKey) || this.runner.has(eventKey)) {
      return;
    }
    const outcome = outcomeOf(eventKey, execution.status, execution.reason);
    if (!outcome) {
      return;
    }
    if (transaction) {
      transaction.afterCommit(() => this.finisher.finish(outcome));
    } else {
      this.finisher.finish(outcome);
    }
  };
}
