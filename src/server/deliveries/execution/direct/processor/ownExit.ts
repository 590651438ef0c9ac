import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import { EXECUTION_STATUS, JOB_STATUS, Processor, type ExecutionModel } from '@nocobase/plugin-workflow';
import { LeaseLost } from '../../../concurrency/Lease';
import type { RunSaver } from '../RunSaver';
import type { BreakOff } from './BreakOff';
import type { RunResults } from './RunResults';

/** What the engine's types keep to themselves of a processor. */
interface Inner {
  scopeTransactions: Map<string, unknown>;
  abortReason: string | null;
  leaveRunningState(): void;
  hasOpenScopeTransactions(): boolean;
  markOpenScopePendingJobsAsError(message: string): void;
  cleanupScopeTransactions(options: { allowCommit: boolean }): Promise<void>;
}

/** By which one run is written down. */
export interface ExitParts {
  results: RunResults;
  saver: RunSaver;
  breakOff: BreakOff;
}

/** Sequelize's models have this; what it publishes of them leaves it out. */
interface Hooked {
  runHooks(name: 'afterUpdate', instance: ExecutionModel, options: object): Promise<void>;
}

/** What the engine says of a job that waits inside a transaction. */
const OPEN_SCOPE = 'Pending jobs are not allowed inside an open transaction scope';

/**
 * Makes a processor write what its run came to by way of the saver, where it ends or waits: in few statements, shared with
 * runs that end together, and until they are written. All else is as the engine has it.
 */
export function useOwnExit(processor: Processor, workflows: PluginWorkflowServer, parts: ExitParts): void {
  const exit = processor.exit.bind(processor);
  processor.exit = (status) => (status === true ? exit(status) : leave(processor, status, workflows, parts));
}

async function leave(
  processor: Processor,
  jobStatus: number | null | undefined,
  { timeoutManager }: PluginWorkflowServer,
  { results, saver, breakOff }: ExitParts,
): Promise<null> {
  const { execution, logger } = processor;
  breakOff.check();
  inner(processor).leaveRunningState();
  const last = await closeScopes(processor, jobStatus);
  await results.save();
  if (typeof last === 'number') {
    await breakOff.guard(() => writeStatus(processor, statusOf(last), saver));
  }
  if (execution.status === EXECUTION_STATUS.STARTED) {
    timeoutManager.scheduleExecutionTimeout(execution);
  } else {
    timeoutManager.clear(execution.id);
    timeoutManager.invalidateNextExpiresAtIfMatches(execution.expiresAt);
  }
  logger.info(`execution (${execution.id}) exiting with status ${execution.status}`, {
    workflowId: execution.workflowId,
  });
  return null;
}

/** Closes transactions that nodes have left open; with what status the run leaves then. */
async function closeScopes(
  processor: Processor,
  jobStatus: number | null | undefined,
): Promise<number | null | undefined> {
  const inside = inner(processor);
  if (inside.scopeTransactions.size === 0) {
    return jobStatus;
  }
  const waits = jobStatus === null || jobStatus === undefined || jobStatus === JOB_STATUS.PENDING;
  const isWrong = waits && inside.hasOpenScopeTransactions();
  if (isWrong) {
    inside.markOpenScopePendingJobsAsError(OPEN_SCOPE);
  }
  await inside.cleanupScopeTransactions({ allowCommit: jobStatus === JOB_STATUS.RESOLVED });
  const isLost = typeof jobStatus !== 'number' && processor.execution.status === EXECUTION_STATUS.STARTED;
  return isWrong || isLost ? JOB_STATUS.ERROR : jobStatus;
}

/** Ends an execution, or sees whether one that waits has been ended. Who listens to its end is told as ever. */
async function writeStatus(processor: Processor, status: number, saver: RunSaver): Promise<void> {
  const { execution } = processor;
  const reason = status === EXECUTION_STATUS.ABORTED ? inner(processor).abortReason : null;
  if (await saver.end(execution, { status, reason })) {
    execution.set(reason === null ? { status } : { status, reason });
  } else {
    await saver.keep(execution, () => execution.reload());
    if (execution.status === EXECUTION_STATUS.STARTED && status !== EXECUTION_STATUS.STARTED) {
      throw new LeaseLost();
    }
  }
  if (execution.status === status && status !== EXECUTION_STATUS.STARTED) {
    await (execution.constructor as unknown as Hooked).runHooks('afterUpdate', execution, {});
  }
}

/** The execution's status after its last job's. */
function statusOf(jobStatus: number): number {
  const known: Record<number, number | undefined> = Processor.StatusMap;
  return known[jobStatus] ?? Math.sign(jobStatus);
}

function inner(processor: Processor): Inner {
  return processor as unknown as Inner;
}
