import { isConnectionError } from '../../store/databaseErrors';
import type { DeliveryStore } from '../../store/DeliveryStore';
import type { WorkflowEngine } from '../WorkflowEngine';
import type { Pick, ReadyRun, StartedAtOnce, Claimer } from '../backend';
import type { DeliveryLog, ExecutionRow } from '../../model/delivery';

/** A delivery with the execution that is to be made of it. */
interface Planned extends Pick {
  row: ExecutionRow;
}

/** Turns stored deliveries into executions: a whole batch in one transaction, each exactly once. */
export class DirectClaimer implements Claimer {
  constructor(
    private readonly store: DeliveryStore,
    private readonly engine: WorkflowEngine,
    private readonly owner: string,
    private readonly log: DeliveryLog,
  ) {}

  async start(picks: readonly Pick[]): Promise<ReadyRun[]> {
    const planned: Planned[] = [];
    for (const pick of picks) {
      const plan = await this.plan(pick);
      if (plan) {
        planned.push(plan);
      } else {
        await this.giveUp(pick.delivery.id, 'the trigger did not let it through');
      }
    }
    const got = await this.commit(planned);
    return planned.filter(({ delivery }) => got.has(delivery.id)).map((plan) => this.ready(plan));
  }

  async startAtOnce(pick: Pick): Promise<StartedAtOnce | null> {
    const plan = await this.plan(pick);
    if (!plan) {
      return null;
    }
    const { id: executionId, workflowId, startedAt } = plan.row;
    const fields = { executionId, workflowId, startedAt };
    return { fields, execution: plan.row, run: this.ready(plan) };
  }

  /** The execution that a delivery is to get; null: the trigger doesn't let it through. */
  private async plan(pick: Pick): Promise<Planned | null> {
    const { endpoint, delivery } = pick;
    const workflow = this.engine.current(endpoint.workflow);
    return (await this.engine.isValid(workflow, delivery.context, delivery.id))
      ? { ...pick, row: this.engine.planExecution(workflow, delivery.id, delivery.text) }
      : null;
  }

  /** The run of an execution that was made together with its delivery. */
  private ready({ endpoint, delivery, row }: Planned): ReadyRun {
    const workflow = this.engine.current(endpoint.workflow);
    return {
      id: delivery.id,
      key: endpoint.key,
      executionId: row.id,
      execution: this.engine.toModel(row, workflow, delivery.context),
      event: null,
      failures: 0,
    };
  }

  private async commit(planned: readonly Planned[]): Promise<Set<string>> {
    if (planned.length === 0) {
      return new Set();
    }
    try {
      return await this.store.transaction(async (tx) => {
        const rows = planned.map(({ row }) => row);
        const got = await this.store.markStarted(rows, this.owner, new Date(), tx);
        await this.store.insertExecutions(
          rows.filter(({ eventKey }) => got.has(eventKey)),
          tx,
        );
        return got;
      });
    } catch (error) {
      if (isConnectionError(error)) {
        throw error;
      }
      return this.commitHalves(planned, error);
    }
  }

  /** One that can't be started must not keep the others from it. */
  private async commitHalves(planned: readonly Planned[], error: unknown): Promise<Set<string>> {
    const [only] = planned;
    if (planned.length === 1 && only) {
      this.log.error(`webhook delivery ${only.delivery.id} could not be started`, { error });
      await this.giveUp(only.delivery.id, `could not be started: ${error instanceof Error ? error.message : error}`);
      return new Set();
    }
    const middle = Math.ceil(planned.length / 2);
    const first = await this.commit(planned.slice(0, middle));
    const second = await this.commit(planned.slice(middle));
    return new Set([...first, ...second]);
  }

  private async giveUp(id: string, reason: string): Promise<void> {
    await this.store.giveUp({ id, status: 'failed', reason }, new Date());
  }
}
