import { bisect } from '../../concurrency/bisect';
import { LeaseLost } from '../../concurrency/Lease';
import type { DeliveryLog, ExecutionRow, PlannedStart } from '../../model/delivery';
import { eventKeyOf, idBeside } from '../../model/ids';
import { orderOf } from '../../model/order';
import type { ClaimRequest, NewRun, StoredRun, ReadyRun } from '../../model/run';
import { isConnectionError, isFinal, isUniqueError } from '../../store/databaseErrors';
import type { ExecutionStore } from '../../store/ExecutionStore';
import { withFreeIds, type Numbered } from '../../store/freeIds';
import type { TransitionStore } from '../../store/TransitionStore';
import type { WriteLock } from '../../store/WriteLock';
import type { Claimed, Claimer, StartedAtOnce } from '../backend';
import { inVersion } from '../inVersion';
import type { WorkflowEngine } from '../WorkflowEngine';
import { because, type Reason } from '../../../../common/reasons/reason';

/** So many fail one by one; then it is taken for none of their fault. */
const MAX_ALONE = 8;

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
interface Planned extends ClaimRequest, Omit<PlannedStart, 'delivery'>, Numbered {
  execution: ExecutionRow;
}

/**
 * By which its run waits for others, as its webhook is set now. It has its key one by one too: a version that comes while
 * it runs may let others run beside it.
 */
function keyInOrder({ endpoint, delivery }: ClaimRequest): string | null {
  return orderOf(endpoint) === 'none' ? null : delivery.orderKey;
}

/** What its run is, wherever that is kept until its turn. */
function notBegun(plan: Planned): Omit<NewRun, 'kind' | 'execution'> {
  const { endpoint, delivery, execution, retry } = plan;
  const { id, executionIds: earlier } = delivery;
  const order = { orderKey: keyInOrder(plan), isRetried: retry !== null };
  return { id, key: endpoint.key, ...order, failures: 0, tries: 0, executionId: execution.id, earlier };
}

/** What became of one: its run; null: someone else has it; `behind`: one before it has to be started first. */
type Start = ReadyRun | null | 'behind';

/** What waits for its turn holds so many characters at most: up to a thousand do. */
const MAX_HELD = 16_384;

/** Turns stored deliveries into executions: a whole batch in one transaction, each exactly once. */
export class DirectClaimer implements Claimer {
  /** Starts whose COMMIT was not answered: it may have been done. */
  private inDoubt: Planned[] = [];

  constructor(private readonly parts: DirectClaimerParts) {}

  holds(id: string): boolean {
    return this.inDoubt.some(({ delivery }) => delivery.id === id);
  }

  async claim(requests: readonly ClaimRequest[]): Promise<Claimed> {
    const claimed: Claimed = { runs: await this.settleDoubts(), held: [], failure: null };
    const planned: Planned[] = [];
    for (const request of requests) {
      const current = inVersion(request);
      const plan = 'reason' in current ? null : await this.plan(current);
      if (plan) {
        planned.push(plan);
      } else {
        const reason = 'reason' in current ? current.reason : because('TRIGGER_REFUSED');
        await this.fail(request.delivery.id, reason).catch((error: unknown) => {
          claimed.failure ??= error instanceof Error ? error : new Error(String(error));
        });
      }
    }
    const results = await this.commitAll(planned);
    for (const [index, plan] of planned.entries()) {
      const result = results[index];
      if (result?.status === 'rejected') {
        await this.handle(result.reason, plan, claimed);
      } else if (result?.value && result.value !== 'behind') {
        claimed.runs.push(result.value);
      }
    }
    return claimed;
  }

  async unclaim(runs: readonly ReadyRun[]): Promise<ReadyRun[]> {
    const fresh = runs.filter((run) => run.kind === 'new');
    const results = await bisect(fresh, (some) => this.unstart(some), isConnectionError);
    const done = new Set(fresh.filter((_run, index) => results[index]?.status === 'fulfilled').map(({ id }) => id));
    for (const run of runs) {
      if (run.kind === 'stored' && (await this.unstartStored(run).catch(() => false))) {
        done.add(run.id);
      }
    }
    const kept: ReadyRun[] = [];
    for (const run of runs.filter(({ id }) => !done.has(id))) {
      // One that was cancelled meanwhile is nobody's any more.
      if (await this.parts.transitions.isOwned(run.id, this.parts.owner).catch(() => true)) {
        kept.push(run);
      }
    }
    return kept;
  }

  /** Looks which of those whose COMMIT was not answered are started: they come before all that is started later. */
  private async settleDoubts(): Promise<ReadyRun[]> {
    const doubts = this.inDoubt;
    if (doubts.length === 0) {
      return [];
    }
    const started = await this.parts.transitions.startedAs(doubts, this.parts.owner, null);
    this.inDoubt = this.inDoubt.filter((plan) => !doubts.includes(plan));
    return doubts.filter(({ delivery }) => started.has(delivery.id)).map((plan) => this.readyRunOf(plan));
  }

  /** Makes deliveries received again and takes their executions away: all of them, or it rejects. */
  private async unstart(runs: readonly NewRun[]): Promise<true[]> {
    const { lock, transitions, executions, owner } = this.parts;
    await lock.transaction(async (tx) => {
      await transitions.unstart(runs, owner, tx);
      await executions.remove(
        runs.map(({ execution }) => execution),
        tx,
      );
    });
    return runs.map(() => true);
  }

  /** The same for one that is not held in memory; false: its execution is gone. */
  private async unstartStored(run: StoredRun): Promise<boolean> {
    const execution = await this.parts.engine.find(run.executionId);
    if (execution) {
      await this.unstart([{ ...run, kind: 'new', execution }]);
    }
    return execution !== null;
  }

  async startAtOnce(request: ClaimRequest): Promise<StartedAtOnce | null> {
    const plan = await this.plan(request);
    if (!plan) {
      return null;
    }
    const { execution } = plan;
    const { workflowId, startedAt } = execution;
    const { onInterruption, retry } = plan;
    const fields: StartedAtOnce['fields'] = {
      workflowId,
      startedAt,
      onInterruption,
      retry: retry && JSON.stringify(retry),
    };
    const run = this.runOf(plan);
    const number = () => Object.assign(fields, { executionId: execution.id, executionIds: [execution.id] });
    number();
    const renumber = () => {
      plan.renumber();
      number();
      run.executionId = execution.id;
      run.execution.set('id', execution.id);
    };
    return { fields, execution, run, renumber };
  }

  /** The execution that a delivery is to get; null: the trigger doesn't let it through. */
  private async plan(request: ClaimRequest): Promise<Planned | null> {
    const { endpoint, delivery } = request;
    const { engine } = this.parts;
    const workflow = engine.current(endpoint.workflow);
    if (!(await engine.isValid(workflow, delivery.context, delivery.id))) {
      return null;
    }
    const eventKey = eventKeyOf(delivery.id, delivery.attempts + 1);
    const execution = engine.planExecution(workflow, eventKey, delivery.text);
    const { onInterruption, retry } = endpoint.config;
    const renumber = () => void (execution.id = Number(idBeside(BigInt(execution.id))));
    return { ...request, execution, onInterruption, retry, renumber };
  }

  /** The run of an execution that was made together with its delivery. */
  private readyRunOf(plan: Planned): NewRun | StoredRun {
    return plan.delivery.text.length > MAX_HELD
      ? { kind: 'stored', ...notBegun(plan), workflowId: plan.execution.workflowId }
      : this.runOf(plan);
  }

  private runOf(plan: Planned): NewRun {
    const { endpoint, delivery, execution: row } = plan;
    const { engine } = this.parts;
    const execution = engine.toModel(row, engine.current(endpoint.workflow), delivery.context);
    return { kind: 'new', ...notBegun(plan), execution };
  }

  /**
   * Starts them in as few transactions as it takes, so that one that fails fails alone. Where runs go one by one, what
   * is behind one that failed stays behind it.
   */
  private async commitAll(planned: readonly Planned[]): Promise<PromiseSettledResult<Start>[]> {
    const stopped = new Set<string>();
    let alone = 0;
    const write = async (some: readonly Planned[]): Promise<Start[]> => {
      const next = some.filter(({ endpoint }) => !stopped.has(endpoint.key));
      const [first] = next;
      if (!first) {
        return some.map(() => 'behind');
      }
      try {
        const starts = await this.commit(next);
        return some.map((plan) => starts.get(plan) ?? (stopped.has(plan.endpoint.key) ? 'behind' : null));
      } catch (error) {
        if (some.length === 1) {
          alone++;
          if (first.endpoint.config.concurrency === 1 && !isFinal(error)) {
            stopped.add(first.endpoint.key);
          }
        }
        throw error;
      }
    };
    const failsAll = (error: unknown) => isConnectionError(error) || error instanceof LeaseLost || alone >= MAX_ALONE;
    return bisect(planned, write, failsAll);
  }

  /** Starts them all in one transaction; executions whose ids are taken get others. */
  private async commit(planned: readonly Planned[]): Promise<Map<Planned, ReadyRun>> {
    const { lock, transitions, executions, owner } = this.parts;
    try {
      return await withFreeIds(executions, planned, () =>
        lock.transaction(async (tx) => {
          const got = await transitions.start(planned, owner, new Date(), tx);
          const mine = planned.filter(({ delivery }) => got.has(delivery.id));
          await executions.closeOpen(
            mine.flatMap(({ delivery }) => delivery.executionIds),
            tx,
          );
          await executions.insert(
            mine.map(({ execution }) => execution),
            tx,
          );
          return new Map(mine.map((plan) => [plan, this.readyRunOf(plan)]));
        }),
      );
    } catch (error) {
      if (isConnectionError(error)) {
        this.inDoubt.push(...planned);
      }
      return this.adoptAlone(planned, error);
    }
  }

  /** Of one that has an execution already, that one is resumed. Else throws the error. */
  private async adoptAlone(planned: readonly Planned[], error: unknown): Promise<Map<Planned, ReadyRun>> {
    const { executions, transitions, owner } = this.parts;
    const [plan] = planned;
    const found =
      planned.length === 1 && plan && isUniqueError(error) && (await executions.ofEvent(plan.execution.eventKey));
    if (!plan || !found) {
      throw error;
    }
    if (!(await transitions.adopt(plan, found, owner, new Date()))) {
      return new Map();
    }
    const { endpoint, delivery } = plan;
    const { id } = delivery;
    const { key } = endpoint;
    const orderKey = keyInOrder(plan);
    return new Map([[plan, { kind: 'cutOff', id, key, orderKey, failures: 0, tries: 0, executionId: found.id }]]);
  }

  /** Ends a delivery that can never be started; keeps one that may be later. */
  private async handle(reason: unknown, { delivery: { id }, endpoint }: Planned, claimed: Claimed): Promise<void> {
    const error = reason instanceof Error ? reason : new Error(String(reason));
    if (isConnectionError(reason) || reason instanceof LeaseLost) {
      claimed.failure ??= error;
    } else if (isFinal(reason)) {
      this.parts.log.error(`webhook delivery ${id} can't be started`, { error });
      await this.fail(id, because('NOT_STARTED', { error: error.message })).catch((failure: unknown) => {
        claimed.failure ??= failure instanceof Error ? failure : error;
      });
    } else {
      claimed.held.push({ id, key: endpoint.key, error });
    }
  }

  private async fail(id: string, reason: Reason): Promise<void> {
    await this.parts.transitions.failUnstarted(id, reason, new Date());
  }
}
