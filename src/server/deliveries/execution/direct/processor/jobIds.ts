import type { FlowNodeModel, JobModel, Processor } from '@nocobase/plugin-workflow';
import { JOB_STATUS } from '@nocobase/plugin-workflow';
import { idBeside, isStorableId } from '../../../model/ids';

/** How often results are given other ids, and a node is done again because others have its results'. */
const MAX_AGAIN = 5;

type Instruction = (node: FlowNodeModel, ...rest: unknown[]) => Promise<unknown>;

/** What the engine's types keep to themselves of a processor. */
interface Inner {
  jobsToSave: Map<string, JobModel>;
  jobsMapByNodeKey: Record<string, JobModel>;
  exec(instruction: Instruction, node: FlowNodeModel, prevJob: unknown, options?: object): Promise<unknown>;
  saveJob(payload: object): JobModel;
}

/** The node that is being done has noted the id of a result that another one has. It has sent nothing yet. */
class NotedIdTaken extends Error {
  constructor() {
    super('another result has the id of this one');
    this.name = 'NotedIdTaken';
  }
}

/**
 * The ids of one run's results. NocoBase draws them of a clock, and doesn't look whether they are free: where the clock was
 * set back, or two instances have the same number, others have them.
 */
export class JobIds {
  /** The nodes that are being done, the innermost last; and whether they were begun before. */
  private readonly underWay: { node: FlowNodeModel; isAgain: boolean }[] = [];

  constructor(private readonly processor: Processor) {
    const inside = this.inside();
    const exec = inside.exec.bind(processor);
    inside.exec = (instruction, node, prevJob, options) =>
      exec((...args) => this.again(instruction, ...args), node, prevJob, options);
    const saveJob = inside.saveJob.bind(processor);
    inside.saveJob = (payload) => {
      const job = saveJob(payload);
      // What the counter gives next may well be taken, too.
      const isUnfit = this.underWay.at(-1)?.isAgain || !isStorableId(BigInt(job.id));
      if (isUnfit && job !== payload) {
        this.renumber(new Set([String(job.id)]));
      }
      return job;
    };
  }

  /**
   * Saves what is to be saved; what others have the ids of, under other ones. A node that saves that it waits before it
   * sends something out has noted the id by then (as *HTTP request* does): its result is left out, the others are saved,
   * and the node is done again.
   * @param save saves all that the processor has; gives those that can't be, since their ids are others'
   */
  async save(save: () => Promise<ReadonlySet<string>>): Promise<void> {
    let isNoted = false;
    for (let times = 0, taken = await save(); taken.size > 0; taken = await save()) {
      if (++times > MAX_AGAIN) {
        throw new Error('no free ids are found for the results of a run');
      }
      isNoted = this.withdrawNoted(taken) || isNoted;
      this.renumber(taken);
    }
    if (isNoted) {
      throw new NotedIdTaken();
    }
  }

  private async again(instruction: Instruction, node: FlowNodeModel, ...rest: unknown[]): Promise<unknown> {
    for (let times = 0; ; times++) {
      this.underWay.push({ node, isAgain: times > 0 });
      try {
        return await instruction(node, ...rest);
      } catch (error) {
        if (!(error instanceof NotedIdTaken) || times >= MAX_AGAIN) {
          throw error;
        }
      } finally {
        this.underWay.pop();
      }
    }
  }

  /** Takes the innermost node's own result away if it waits and its id is taken; whether it did. */
  private withdrawNoted(taken: ReadonlySet<string>): boolean {
    const inside = this.inside();
    const node = this.underWay.at(-1)?.node;
    const job = [...inside.jobsToSave.values()].filter(({ nodeId }) => String(nodeId) === String(node?.id)).at(-1);
    if (!job || job.status !== JOB_STATUS.PENDING || !taken.has(String(job.id))) {
      return false;
    }
    inside.jobsToSave.delete(String(job.id));
    delete inside.jobsMapByNodeKey[job.nodeKey];
    return true;
  }

  private renumber(taken: ReadonlySet<string>): void {
    const { jobsToSave } = this.inside();
    const jobs = [...jobsToSave.values()];
    const others = new Map([...taken].map((id) => [id, String(idBeside(BigInt(id)))]));
    jobsToSave.clear();
    for (const job of jobs) {
      const { id, upstreamId } = job;
      if (job.isNewRecord) {
        const values = { id: others.get(String(id)) ?? id, upstreamId: others.get(String(upstreamId)) ?? upstreamId };
        // Else Sequelize leaves a primary key that is set as it is.
        job.set(values, { raw: true });
      }
      jobsToSave.set(String(job.id), job);
    }
  }

  private inside(): Inner {
    return this.processor as unknown as Inner;
  }
}
