import { bisect } from '../../concurrency/bisect';
import type { DeliveryLog, ExecutionRow } from '../../model/delivery';
import type { ClaimRequest, NewRun } from '../../model/run';
import { isConnectionError } from '../../store/databaseErrors';
import type { ExecutionStore } from '../../store/ExecutionStore';
import type { TransitionStore } from '../../store/TransitionStore';
import type { WriteLock } from '../../store/WriteLock';
import type { Claimed, Claimer, StartedAtOnce } from '../backend';
import type { WorkflowEngine } from '../WorkflowEngine';

export interface DirectClaimerParts {
  lock: WriteLock;
  transitions: TransitionStore;
  executions: ExecutionStore;
  engine: WorkflowEngine;
  /** This instance. */
  owner: string;
  log: DeliveryLog;
}

/** A delivery with the execution that is to be made of it. */
interface Planned extends ClaimRequest {
  row: ExecutionRow;
}

/** Turns stored deliveries into executions: a whole batch in one transaction, each exactly once. */
export class DirectClaimer implements Claimer {
  constructor(private readonly parts: DirectClaimerParts) {}

  async claim(requests: readonly ClaimRequest[]): Promise<Claimed> {
    const planned: Planned[] = [];
    for (const request of requests) {
      const plan = await this.plan(request);
      if (plan) {
        planned.push(plan);
      } else {
        await this.fail(request.delivery.id, 'the trigger did not let it through');
      }
    }
    const results = await bisect(planned, (some) => this.commit(some), isConnectionError);
    const claimed: Claimed = { runs: [], failure: null };
    for (const [index, plan] of planned.entries()) {
      const result = results[index];
      if (result?.status === 'rejected') {
        claimed.failure ??= await this.handle(result.reason, plan);
      } else if (result?.value) {
        claimed.runs.push(this.runOf(plan));
      }
    }
    return claimed;
  }

  async startAtOnce(request: ClaimRequest): Promise<StartedAtOnce | null> {
    const plan = await this.plan(request);
    if (!plan) {
      return null;
    }
    const { id: executionId, workflowId, startedAt } = plan.row;
    const fields = { executionId, workflowId, startedAt };
    return { fields, execution: plan.row, run: this.runOf(plan) };
  }

  /** The execution that a delivery is to get; null: the trigger doesn't let it through. */
  private async plan(request: ClaimRequest): Promise<Planned | null> {
    const { endpoint, delivery } = request;
    const { engine } = this.parts;
    const workflow = engine.current(endpoint.workflow);
    return (await engine.isValid(workflow, delivery.context, delivery.id))
      ? { ...request, row: engine.planExecution(workflow, delivery.id, delivery.text) }
      : null;
  }

  /** The run of an execution that was made together with its delivery. */
  private runOf({ endpoint, delivery, row }: Planned): NewRun {
    const { engine } = this.parts;
    const execution = engine.toModel(row, engine.current(endpoint.workflow), delivery.context);
    return { kind: 'new', id: delivery.id, key: endpoint.key, failures: 0, executionId: row.id, execution };
  }

  /** Starts them all in one transaction; which of them, in their order. */
  private commit(planned: readonly Planned[]): Promise<boolean[]> {
    const { lock, transitions, executions, owner } = this.parts;
    return lock.transaction(async (tx) => {
      const rows = planned.map(({ row }) => row);
      const got = await transitions.start(rows, owner, new Date(), tx);
      const mine = rows.filter(({ eventKey }) => got.has(eventKey));
      await executions.insert(mine, tx);
      return rows.map(({ eventKey }) => got.has(eventKey));
    });
  }

  /** Ends a delivery that can't be started; why it could not be ended either, where the database is away. */
  private async handle(reason: unknown, { delivery: { id } }: Planned): Promise<Error | null> {
    const error = reason instanceof Error ? reason : new Error(String(reason));
    if (isConnectionError(reason)) {
      return error;
    }
    this.parts.log.error(`webhook delivery ${id} could not be started`, { error });
    return this.fail(id, `could not be started: ${error.message}`).then(
      () => null,
      () => error,
    );
  }

  private async fail(id: string, reason: string): Promise<void> {
    await this.parts.transitions.endUnstarted({ id, status: 'failed', reason }, new Date());
  }
}
