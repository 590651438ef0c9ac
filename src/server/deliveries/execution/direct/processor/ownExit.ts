import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import { EXECUTION_STATUS, JOB_STATUS, Processor, type ExecutionModel, type JobModel } from '@nocobase/plugin-workflow';
import { LeaseLost } from '../../../concurrency/Lease';
import type { JobChange, JobRow } from '../../../store/RunStore';
import { JobIds } from './jobIds';
import type { RunSaver } from '../RunSaver';

/** What the engine's types keep to themselves of a processor. */
interface Inner {
  jobsToSave: Map<string, JobModel>;
  scopeTransactions: Map<string, unknown>;
  abortReason: string | null;
  leaveRunningState(): void;
  hasOpenScopeTransactions(): boolean;
  markOpenScopePendingJobsAsError(message: string): void;
  cleanupScopeTransactions(options: { allowCommit: boolean }): Promise<void>;
}

/** Sequelize's models have this; what it publishes of them leaves it out. */
interface Hooked {
  runHooks(name: 'afterUpdate', instance: ExecutionModel, options: object): Promise<void>;
}

/** What the engine says of a job that waits inside a transaction. */
const OPEN_SCOPE = 'Pending jobs are not allowed inside an open transaction scope';

/** What the engine writes of a job that is stored already. */
const CHANGEABLE = ['status', 'meta', 'result', 'startedAt'] as const;

/**
 * Makes a processor write what its run came to by way of the saver, where it ends or waits: in few statements, shared with
 * runs that end together, and until they are written. All else is as the engine has it.
 */
export function useOwnExit(processor: Processor, workflows: PluginWorkflowServer, saver: RunSaver): void {
  const exit = processor.exit.bind(processor);
  const ids = new JobIds(processor);
  processor.exit = (status) => (status === true ? exit(status) : leave(processor, status, workflows, saver, ids));
}

async function leave(
  processor: Processor,
  jobStatus: number | null | undefined,
  { timeoutManager }: PluginWorkflowServer,
  saver: RunSaver,
  ids: JobIds,
): Promise<null> {
  const { execution, logger } = processor;
  inner(processor).leaveRunningState();
  const last = await closeScopes(processor, jobStatus);
  await ids.save(() => saveResults(processor, saver));
  if (typeof last === 'number') {
    await writeStatus(processor, statusOf(last), saver);
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

/** Saves what isn't saved yet; the ids that others have, if there are any, where nothing of what is new could be. */
async function saveResults(processor: Processor, saver: RunSaver): Promise<ReadonlySet<string>> {
  const { jobsToSave } = inner(processor);
  const jobs = [...jobsToSave.values()];
  const created = jobs.filter(({ isNewRecord }) => isNewRecord);
  const changed = jobs.filter(({ isNewRecord }) => !isNewRecord);
  const taken = await saver.save(processor.execution, {
    changed: changed.flatMap(changeOf),
    created: created.map((job) => job.get() as JobRow),
  });
  if (taken.size > 0) {
    return taken;
  }
  for (const job of created) {
    job.isNewRecord = false;
  }
  for (const job of changed) {
    CHANGEABLE.forEach((field) => job.changed(field, false));
  }
  jobs.forEach((job) => jobsToSave.delete(String(job.id)));
  return taken;
}

function changeOf(job: JobModel): JobChange[] {
  const fields = CHANGEABLE.filter((field) => job.changed(field));
  const values = Object.fromEntries(fields.map((field) => [field, job.get(field)])) as JobRow;
  return fields.length > 0 ? [{ id: job.id, values }] : [];
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
