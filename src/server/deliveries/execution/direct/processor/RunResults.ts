import type { JobModel, Processor } from '@nocobase/plugin-workflow';
import type { JobChange, JobRow } from '../../../store/RunStore';
import type { RunSaver } from '../RunSaver';
import type { BreakOff } from './BreakOff';
import { EFFECT_FREE_NODES } from './effectFreeNodes';
import { JobIds } from './jobIds';

/** What the engine's types keep to themselves of a processor. */
interface Inner {
  jobsToSave: Map<string, JobModel>;
  saveJob(payload: object): JobModel;
  hasOpenScopeTransactions(): boolean;
}

/** What the engine writes of a job that is stored already. */
const CHANGEABLE = ['status', 'meta', 'result', 'startedAt'] as const;

/** What the nodes of one run have come to, which the engine holds in memory until the run ends or waits. */
export class RunResults {
  private readonly ids: JobIds;
  /** Those of nodes that have effects, which are not saved yet. */
  private readonly effects = new Set<JobModel>();

  constructor(
    private readonly processor: Processor,
    private readonly saver: RunSaver,
    private readonly breakOff: BreakOff,
  ) {
    this.ids = new JobIds(processor);
    const inside = this.inside();
    const saveJob = inside.saveJob.bind(processor);
    inside.saveJob = (payload) => {
      const job = saveJob(payload);
      if (!EFFECT_FREE_NODES.has(processor.nodesMap.get(job.nodeId)?.type ?? '')) {
        this.effects.add(job);
      }
      return job;
    };
  }

  /**
   * Whether a node with effects is through and isn't saved, so that it would be done again after a crash. Not what stands
   * inside an open transaction: that begins again as a whole.
   */
  get isDue(): boolean {
    return (
      this.effects.size > 0 &&
      !this.inside().hasOpenScopeTransactions() &&
      [...this.effects].some(({ nodeId }) => !this.ids.isUnderWay(nodeId))
    );
  }

  /** Saves what isn't saved yet. */
  save(): Promise<void> {
    return this.ids.save(() => this.breakOff.guard(() => this.saveAll()));
  }

  /** The ids that others have, if there are any: then nothing is saved. */
  private async saveAll(): Promise<ReadonlySet<string>> {
    const { jobsToSave } = this.inside();
    const jobs = [...jobsToSave.values()];
    const created = jobs.filter(({ isNewRecord }) => isNewRecord);
    const changed = jobs.filter(({ isNewRecord }) => !isNewRecord);
    const taken = await this.saver.save(this.processor.execution, {
      changed: changed.flatMap(changeOf),
      created: created.map((job) => job.get() as JobRow),
    });
    if (taken.size > 0) {
      return taken;
    }
    for (const job of created) {
      job.isNewRecord = false;
    }
    for (const job of jobs) {
      CHANGEABLE.forEach((field) => job.changed(field, false));
      jobsToSave.delete(String(job.id));
      this.effects.delete(job);
    }
    return taken;
  }

  private inside(): Inner {
    return this.processor as unknown as Inner;
  }
}

function changeOf(job: JobModel): JobChange[] {
  const fields = CHANGEABLE.filter((field) => job.changed(field));
  const values = Object.fromEntries(fields.map((field) => [field, job.get(field)])) as JobRow;
  return fields.length > 0 ? [{ id: job.id, values }] : [];
}
