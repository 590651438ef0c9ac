import type { FlowNodeModel, JobModel, Processor } from '@nocobase/plugin-workflow';
import { JOB_STATUS } from '@nocobase/plugin-workflow';
import { idBehind, isStorableId } from '../../../model/ids';

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

/** A node that is being done. */
interface UnderWay {
  node: FlowNodeModel;
  /** Whether it was begun before. */
  isAgain: boolean;
  /** Whether it has begun a branch of its own. */
  isAround: boolean;
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
 * set back, or two instances have the same number, others have them. Within a run they grow, whoever's clock they are of: by
 * that the engine tells the last result of a node, and a run that was cut off finds its place.
 */
export class JobIds {
  /** The innermost last. */
  private readonly underWay: UnderWay[] = [];
  /** The run's last; null: that isn't known yet. */
  private last: bigint | null = null;

  constructor(private readonly processor: Processor) {
    const inside = this.inside();
    const exec = inside.exec.bind(processor);
    inside.exec = (instruction, node, prevJob, options) => {
      const around = this.underWay.at(-1);
      if (around) {
        around.isAround = true;
      }
      return exec((...args) => this.again(instruction, ...args), node, prevJob, options);
    };
    const saveJob = inside.saveJob.bind(processor);
    inside.saveJob = (payload) => {
      const last = this.lastId();
      const job = saveJob(payload);
      if (job !== payload && job.isNewRecord) {
        const id = BigInt(job.id);
        // What the counter gives next may well be taken, too.
        if (this.underWay.at(-1)?.isAgain || !isStorableId(id) || id <= last) {
          this.renumber(new Set([String(job.id)]), last);
        }
        this.last = BigInt(job.id);
      }
      return job;
    };
  }

  /** Whether a node is being done: one with branches as long as its branch is. */
  isUnderWay(nodeId: number | string): boolean {
    return this.underWay.some(({ node }) => String(node.id) === String(nodeId));
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
      this.underWay.push({ node, isAgain: times > 0, isAround: false });
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
    const { node, isAround = false } = this.underWay.at(-1) ?? {};
    const job = [...inside.jobsToSave.values()].filter(({ nodeId }) => String(nodeId) === String(node?.id)).at(-1);
    if (!job || isAround || job.status !== JOB_STATUS.PENDING || !taken.has(String(job.id))) {
      return false;
    }
    inside.jobsToSave.delete(String(job.id));
    delete inside.jobsMapByNodeKey[job.nodeKey];
    return true;
  }

  /** Gives new results other ids, and those behind them where they would not come behind any more. */
  private renumber(taken: ReadonlySet<string>, last = 0n): void {
    const { jobsToSave } = this.inside();
    const jobs = [...jobsToSave.values()];
    const others = new Map<string, string>();
    let before = last;
    for (const job of jobs.filter(({ isNewRecord }) => isNewRecord)) {
      const id = BigInt(job.id);
      const isKept = !taken.has(String(job.id)) && (others.size === 0 || id > before);
      before = isKept ? id : idBehind(id > before ? id : before);
      if (!isKept) {
        others.set(String(job.id), String(before));
      }
    }
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
    this.last = before;
  }

  private lastId(): bigint {
    this.last ??= Object.values(this.inside().jobsMapByNodeKey).reduce((last, { id }) => {
      return BigInt(id) > last ? BigInt(id) : last;
    }, 0n);
    return this.last;
  }

  private inside(): Inner {
    return this.processor as unknown as Inner;
  }
}
