import { EXECUTION_STATUS, JOB_STATUS, type ExecutionModel } from '@nocobase/plugin-workflow';
import { WorkflowEngine } from '../WorkflowEngine';

/** What is asked of the engine beside starting and running, with nothing but its tables. */
export class TriggerEngine extends WorkflowEngine {
  /** Whichever node the engine is told on: it sees to where it runs. */
  override get serving(): boolean {
    return true;
  }

  override async abort(execution: ExecutionModel, reason?: 'manual_cancel'): Promise<boolean> {
    const [affected] = await this.app.db.getModel('executions').update(
      { status: EXECUTION_STATUS.ABORTED, reason: reason ?? null },
      {
        where: { id: execution.id, status: [EXECUTION_STATUS.QUEUEING, EXECUTION_STATUS.STARTED] },
        individualHooks: true,
      },
    );
    return affected > 0;
  }

  /**
   * Gives an execution that was begun by hand, before the engine changed, to the engine: it begins again at its first
   * node. False: some of its nodes have been done.
   */
  async requeue(execution: ExecutionModel): Promise<boolean> {
    if ((await this.jobsOf(execution)) > 0) {
      return false;
    }
    await execution.update({ status: EXECUTION_STATUS.QUEUEING, dispatched: false, startedAt: null });
    return true;
  }

  /** Whether it waits for something. */
  async waits(execution: ExecutionModel): Promise<boolean> {
    return (await this.jobsOf(execution, { status: JOB_STATUS.PENDING })) > 0;
  }

  private jobsOf({ id }: ExecutionModel, where: object = {}): Promise<number> {
    return this.app.db.getRepository('jobs').count({ filter: { executionId: id, ...where } });
  }
}
