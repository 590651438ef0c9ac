import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import { JOB_STATUS, Processor, type ExecutionModel, type JobModel } from '@nocobase/plugin-workflow';
import type { JobRow, RunStore } from '../../store/RunStore';

// The short ways through the engine that are open to a new execution: nothing is stored of it yet.

/** What the engine's types keep to themselves of a processor. */
interface Inner {
  jobsToSave?: Map<string, JobModel>;
  scopeTransactions?: Map<string, unknown>;
  leaveRunningState(): void;
}

/** Sequelize's models have this; what it publishes of them leaves it out. */
interface Hooked {
  runHooks(name: 'afterUpdate', instance: ExecutionModel, options: object): Promise<void>;
}

/** Makes the processor of a new execution begin without reading, and end in as few statements as its neighbours' ends allow. */
export function useFastPath(processor: Processor, workflows: PluginWorkflowServer, runs: RunStore): void {
  processor.prepare = () => prepareFresh(processor);
  const exit = processor.exit.bind(processor);
  processor.exit = (status) => {
    const jobs = newJobs(processor);
    return jobs && isEnd(status) ? endFresh(processor, status, jobs, workflows, runs) : exit(status);
  };
}

/** What `processor.prepare` does, for an execution that has no jobs yet. */
async function prepareFresh(processor: Processor): Promise<void> {
  const { execution } = processor;
  const { workflow } = execution;
  if (!workflow) {
    throw new Error(`workflow ${execution.workflowId} not found for execution ${execution.id}`);
  }
  const nodes = workflow.nodes ?? (await workflow.getNodes());
  workflow.nodes = nodes;
  processor.nodes = nodes;
  processor.nodesMap = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) {
    const upstream = node.upstreamId ? processor.nodesMap.get(node.upstreamId) : undefined;
    const downstream = node.downstreamId ? processor.nodesMap.get(node.downstreamId) : undefined;
    if (upstream) {
      node.upstream = upstream;
    }
    if (downstream) {
      node.downstream = downstream;
    }
  }
  execution.jobs = [];
}

/** What is to be stored of a run, if it is nothing but new jobs; null: there are others, or transactions to close. */
function newJobs(processor: Processor): Map<string, JobModel> | null {
  const { jobsToSave, scopeTransactions } = inner(processor);
  return jobsToSave && scopeTransactions?.size === 0 && [...jobsToSave.values()].every((job) => job.isNewRecord)
    ? jobsToSave
    : null;
}

/** Whether a run that exits so is over. With one that was aborted the engine notes why. */
function isEnd(status: number | true | undefined): status is number {
  return typeof status === 'number' && status !== JOB_STATUS.PENDING && status !== JOB_STATUS.ABORTED;
}

/**
 * What `processor.exit` does at the end of a run, with two statements that runs which end together share, where the
 * engine has three of its own. Who listens to `executions.afterUpdate` is told as ever.
 */
async function endFresh(
  processor: Processor,
  jobStatus: number,
  jobsToSave: Map<string, JobModel>,
  { timeoutManager }: PluginWorkflowServer,
  runs: RunStore,
): Promise<null> {
  const { execution, logger } = processor;
  inner(processor).leaveRunningState();
  const jobs = [...jobsToSave.values()];
  await runs.saveJobs(jobs.map((job) => job.get() as JobRow));
  for (const job of jobs) {
    job.isNewRecord = false;
    jobsToSave.delete(String(job.id));
  }
  const status = statusOf(jobStatus);
  if (await runs.end({ id: execution.id, status })) {
    execution.set({ status });
  } else {
    await execution.reload();
  }
  if (execution.status === status) {
    await (execution.constructor as unknown as Hooked).runHooks('afterUpdate', execution, {});
  }
  timeoutManager.clear(execution.id);
  timeoutManager.invalidateNextExpiresAtIfMatches(execution.expiresAt);
  logger.info(`execution (${execution.id}) exiting with status ${execution.status}`, {
    workflowId: execution.workflowId,
  });
  return null;
}

/** The execution's status after its last job's. */
function statusOf(jobStatus: number): number {
  const known: Record<number, number | undefined> = Processor.StatusMap;
  return known[jobStatus] ?? Math.sign(jobStatus);
}

function inner(processor: Processor): Inner {
  return processor as unknown as Inner;
}
