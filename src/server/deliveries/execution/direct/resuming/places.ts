import type { FlowNodeModel, JobModel } from '@nocobase/plugin-workflow';
import { JOB_STATUS } from '@nocobase/plugin-workflow';
import { RESPONSE_NODE_TYPE, resolveResponseNode } from '../../../../../common/responseNode';
import { BACKGROUND_NODES } from '../../backgroundNodes';
import { EFFECT_FREE_NODES } from '../processor/effectFreeNodes';

/** A result of a run that was cut off. */
export type StoredJob = Pick<JobModel, 'id' | 'nodeId' | 'status' | 'upstreamId' | 'result'>;

export type PlannedNode = Pick<FlowNodeModel, 'id' | 'type' | 'config' | 'branchIndex'> & {
  upstream?: PlannedNode;
  downstream?: PlannedNode;
};

/** Where a run that was cut off goes on. */
export interface Place {
  /**
   * `run`: this node has not been done. `again`: what it waits for, only a process that is gone knew of. `wake`: what it
   * waited for is there. `end`: it was the last of its branch, or of the run. `exit`: it ended the run.
   */
  does: 'run' | 'again' | 'wake' | 'end' | 'exit';
  node: PlannedNode;
  /** The node's result; of `run`, the one before it. null: it is the first. */
  job: StoredJob | null;
}

/** How node types with branches of their own tell what became of those. */
const UNTIL_DONE: readonly string[] = ['loop', 'parallel'];

export interface StoredRunState {
  nodes: readonly PlannedNode[];
  jobs: readonly StoredJob[];
  /** Results that are there, and with which others go on, by their ids. */
  noted: ReadonlySet<string>;
  /** Whether a result stood like this when the run was cut off. What came after that, who began it goes on with. */
  isKnown(job: StoredJob): boolean;
  /** Whether a node of this type is told that what it waited for is there. */
  isResumable(type: string): boolean;
}

/**
 * Where a run that was cut off goes on: at each node whose turn came and whose result isn't there. Results are saved all
 * together before a next node, and their ids grow, so that one below another in a branch is of an earlier round of a loop
 * if its id is lower. What has ended and what waits for the world outside is no place.
 */
export function placesOf(state: StoredRunState): Place[] {
  return new Walk(state).places();
}

class Walk {
  private readonly found: Place[] = [];
  private readonly latest = new Map<string, StoredJob>();

  constructor(private readonly state: StoredRunState) {
    const types = new Map(state.nodes.map(({ id, type }) => [String(id), type]));
    for (const job of state.jobs) {
      const nodeId = String(job.nodeId);
      // What another node has assigned to a variable has that one's place, not this one's.
      const isAssigned = types.get(nodeId) === 'variable' && job.upstreamId !== null;
      if (!isAssigned && isBehind(job, this.latest.get(nodeId) ?? null)) {
        this.latest.set(nodeId, job);
      }
    }
  }

  places(): Place[] {
    const head = this.state.nodes.find(({ upstream }) => !upstream);
    if (head) {
      this.walk(head, null);
    }
    return this.found;
  }

  /** From the first node of a branch, or of the run, to where it has come. @param before the result ahead of the first */
  private walk(first: PlannedNode, before: StoredJob | null): void {
    let ahead = before;
    for (let node: PlannedNode | undefined = first; node; node = node.downstream) {
      const job = this.jobOf(node, ahead);
      if (!job) {
        this.found.push({ does: 'run', node, job: ahead });
        return;
      }
      const isThrough = node.downstream !== undefined && this.jobOf(node.downstream, job) !== null;
      if (!this.pass(node, job, ahead, isThrough)) {
        return;
      }
      ahead = job;
    }
  }

  /** Whether what comes behind a node has been begun; else what is to be done of it is found. */
  private pass(node: PlannedNode, job: StoredJob, ahead: StoredJob | null, isThrough: boolean): boolean {
    const branches = this.branchesOf(node);
    if (node.type === 'parallel') {
      branches.forEach((branch, index) => this.walkBeside(branch, index, job));
      return isThrough || (job.status !== JOB_STATUS.PENDING && this.leave(node, job));
    }
    if (isThrough) {
      return true;
    }
    const begun = branches.filter((branch) => this.jobOf(branch, job) !== null);
    if (begun.length > 0 && !(UNTIL_DONE.includes(node.type) && job.status !== JOB_STATUS.PENDING)) {
      begun.forEach((branch) => this.walk(branch, job));
      return false;
    }
    if (branches.length > 0 && EFFECT_FREE_NODES.has(node.type) && !UNTIL_DONE.includes(node.type)) {
      // Which of its branches it goes into it tells again.
      this.found.push({ does: 'run', node, job: ahead });
      return false;
    }
    return this.leave(node, job);
  }

  /** A branch of several side by side: what of it is told already stands in what they have come to together. */
  private walkBeside(branch: PlannedNode, index: number, job: StoredJob): void {
    const told: unknown = Array.isArray(job.result) ? job.result[index] : null;
    // Once that is decided, no more of them are begun; those that were go on.
    const isWanted = job.status === JOB_STATUS.PENDING || this.jobOf(branch, job) !== null;
    if ((told ?? null) === null && isWanted) {
      this.walk(branch, job);
    }
  }

  /** A node whose own work, and that of its branches, is done, or that waits. */
  private leave(node: PlannedNode, job: StoredJob): false {
    const { status } = job;
    if (status === JOB_STATUS.PENDING) {
      if (BACKGROUND_NODES.includes(node.type) && this.state.isKnown(job)) {
        this.found.push({ does: 'again', node, job });
      } else if (node.type === 'loop') {
        this.branchesOf(node).forEach((branch) => this.found.push({ does: 'run', node: branch, job }));
      }
      return false;
    }
    if (this.state.noted.has(String(job.id))) {
      return false;
    }
    if (endsRun(node)) {
      this.found.push({ does: 'exit', node, job });
    } else if (!EFFECT_FREE_NODES.has(node.type) && this.state.isResumable(node.type)) {
      if (this.state.isKnown(job)) {
        this.found.push({ does: 'wake', node, job });
      }
    } else if (status === JOB_STATUS.RESOLVED && node.downstream) {
      this.found.push({ does: 'run', node: node.downstream, job });
    } else {
      this.found.push({ does: 'end', node, job });
    }
    return false;
  }

  private branchesOf(node: PlannedNode): PlannedNode[] {
    return this.state.nodes
      .filter(({ upstream, branchIndex }) => upstream === node && branchIndex !== null)
      .sort((a, b) => Number(a.branchIndex) - Number(b.branchIndex));
  }

  /** A node's last result, if it came behind this one. */
  private jobOf(node: PlannedNode, ahead: StoredJob | null): StoredJob | null {
    const job = this.latest.get(String(node.id));
    return job && isBehind(job, ahead) ? job : null;
  }
}

/** Whether a node has ended the whole run, from wherever it stands. */
function endsRun({ type, config }: PlannedNode): boolean {
  return type === 'end' || (type === RESPONSE_NODE_TYPE && resolveResponseNode(config).endWorkflow);
}

function isBehind({ id }: StoredJob, ahead: StoredJob | null): boolean {
  return ahead === null || BigInt(id) > BigInt(ahead.id);
}
