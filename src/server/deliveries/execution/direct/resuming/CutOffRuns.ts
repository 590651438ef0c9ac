import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import { EXECUTION_STATUS, type ExecutionModel, type JobModel, type Processor } from '@nocobase/plugin-workflow';
import { placesOf, type Place } from './places';

/** What is needed of a result to find its run's place. */
const FIELDS = ['id', 'nodeId', 'status', 'upstreamId'] as const;

/** What the engine's types keep to themselves of a processor. */
interface Inner {
  jobsMapByNodeKey: Record<string, JobModel>;
  enterRunningState(): void;
  leaveRunningState(): void;
}

export interface CutOffRunsParts {
  workflows: Pick<PluginWorkflowServer, 'instructions'>;
  processorOf(execution: ExecutionModel): Processor;
  /** The jobs of an execution that have what they waited for, and with which others go on. */
  noted(executionId: number | string): Promise<ReadonlySet<string>>;
}

/** Goes on with runs that were cut off, from what is saved of them. */
export class CutOffRuns {
  constructor(private readonly parts: CutOffRunsParts) {}

  /** To the run's end, or to where it waits: in all branches that were under way or had not been begun. */
  async resume(execution: ExecutionModel): Promise<void> {
    const known = await this.statusesOf(execution);
    const seen = new Set<string>();
    while (execution.status === EXECUTION_STATUS.STARTED) {
      const processor = this.parts.processorOf(execution);
      await processor.prepare();
      if (processor.nodes.every(({ upstream }) => upstream)) {
        // No node is the first: the engine ends such a run as soon as it is started.
        await processor.start();
        return;
      }
      // Looked for anew each time: one branch's end may be that of the others, too.
      const place = (await this.placesOf(processor, known)).find((found) => !seen.has(nameOf(found)));
      if (!place) {
        return;
      }
      seen.add(nameOf(place));
      await this.goOn(processor, place);
    }
  }

  /** The status of each result, by its id. */
  private async statusesOf(execution: ExecutionModel): Promise<ReadonlyMap<string, unknown>> {
    const jobs = await execution.getJobs({ attributes: ['id', 'status'] });
    return new Map(jobs.map(({ id, status }) => [String(id), status]));
  }

  private async placesOf(processor: Processor, known: ReadonlyMap<string, unknown>): Promise<Place[]> {
    const { instructions } = this.parts.workflows;
    const { execution, nodes, nodesMap } = processor;
    // Before the results: one that is there and isn't noted by now is nobody's.
    const noted = await this.parts.noted(execution.id);
    const jobs = await execution.getJobs({ attributes: [...FIELDS], order: [['id', 'ASC']] });
    const last = jobs.at(-1);
    if (last && !nodesMap.has(last.nodeId)) {
      throw new Error(`node ${last.nodeId} is gone, so execution ${execution.id} can't be resumed`);
    }
    const latest = Object.values(inner(processor).jobsMapByNodeKey);
    const results = new Map(latest.map(({ id, result }) => [String(id), result as unknown]));
    return placesOf({
      nodes,
      jobs: jobs.map(({ id, nodeId, status, upstreamId }) => {
        return { id, nodeId, status, upstreamId, result: results.get(String(id)) };
      }),
      noted,
      isKnown: ({ id, status }) => known.get(String(id)) === status,
      isResumable: (type) => typeof instructions.get(type)?.resume === 'function',
    });
  }

  private async goOn(processor: Processor, { does, node: { id }, job: stored }: Place): Promise<void> {
    const inside = inner(processor);
    const node = processor.nodesMap.get(id);
    const job = Object.values(inside.jobsMapByNodeKey).find(({ nodeId }) => nodeId === stored?.nodeId);
    if (!node || !job) {
      await processor.start();
    } else if (does === 'again') {
      await processor.rerun({ nodeId: id, overwrite: true });
    } else if (does === 'wake') {
      await processor.resume(job);
    } else {
      inside.enterRunningState();
      try {
        await (does === 'run'
          ? processor.run(node, job)
          : does === 'end'
            ? processor.end(node, job)
            : processor.exit(job.status));
      } finally {
        inside.leaveRunningState();
      }
    }
  }
}

function nameOf({ does, node, job }: Place): string {
  return `${does} ${node.id} ${job?.id ?? ''}`;
}

function inner(processor: Processor): Inner {
  return processor as unknown as Inner;
}
