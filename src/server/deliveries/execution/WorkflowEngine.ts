import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import {
  abortExecution,
  EXECUTION_REASON,
  EXECUTION_STATUS,
  JOB_STATUS,
  type ExecutionModel,
  type JobModel,
  type WorkflowModel,
} from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import { BACKGROUND_NODES, CALLING_NODES } from './backgroundNodes';
import type { ExecutionRow } from '../model/delivery';

/** Whether an execution waits for the answer to a call of its own, and whether only this process's memory knows of one. */
export interface OpenCalls {
  any: boolean;
  inMemory: boolean;
}

/** What is asked of the workflow engine beside running. */
export class WorkflowEngine {
  constructor(
    protected readonly app: Application,
    protected readonly workflows: PluginWorkflowServer,
  ) {}

  /** Whether this process runs workflows (`WORKER_MODE`). */
  get serving(): boolean {
    return this.workflows.serving();
  }

  /** The version of a workflow that runs now, with its nodes cached where the engine caches them. */
  current(workflow: WorkflowModel): WorkflowModel {
    return this.workflows.enabledCache.get(workflow.id) ?? workflow;
  }

  /** Whether the trigger lets this event through. */
  async isValid(workflow: WorkflowModel, context: object, eventKey: string): Promise<boolean> {
    const trigger = this.workflows.triggers.get(workflow.type);
    return trigger ? trigger.validateEvent(workflow, context, { eventKey } as object) : false;
  }

  /** The execution of a delivery as it goes into the database: started, and not for the engine's queue. */
  planExecution(workflow: WorkflowModel, eventKey: string, context: string): ExecutionRow {
    const now = new Date();
    return {
      id: this.app.snowflakeIdGenerator.generate() as number,
      workflowId: workflow.id,
      key: workflow.key,
      eventKey,
      context,
      status: EXECUTION_STATUS.STARTED,
      dispatched: true,
      startedAt: now,
      expiresAt: this.workflows.timeoutManager.getExpiresAt({ workflow } as ExecutionModel, now),
      createdAt: now,
      updatedAt: now,
    };
  }

  /** The model of an execution that was just inserted, without reading it back. */
  toModel(row: ExecutionRow, workflow: WorkflowModel, context: object): ExecutionModel {
    const Model = this.app.db.getModel<ExecutionModel>('executions');
    const execution = Model.build({ ...row, context }, { isNewRecord: false, raw: true });
    execution.workflow = workflow;
    return execution;
  }

  /** What an execution waits for that it began itself. */
  async callsOf(execution: ExecutionModel): Promise<OpenCalls> {
    if (execution.status !== EXECUTION_STATUS.STARTED) {
      return { any: false, inMemory: false };
    }
    const filter = { executionId: execution.id, status: JOB_STATUS.PENDING, 'node.type.$in': CALLING_NODES };
    const jobs = (await this.app.db.getRepository('jobs').find({ filter, appends: ['node'] })) as JobModel[];
    return { any: jobs.length > 0, inMemory: jobs.some(({ node }) => node && BACKGROUND_NODES.includes(node.type)) };
  }

  /** Those of these executions, by id, that wait for the answer to a call of their own. */
  async calling(executionIds: readonly (number | string)[]): Promise<Set<string>> {
    const filter = {
      executionId: executionIds,
      status: JOB_STATUS.PENDING,
      'node.type.$in': CALLING_NODES,
      'execution.status': EXECUTION_STATUS.STARTED,
    };
    const jobs = (await this.app.db.getRepository('jobs').find({ filter })) as JobModel[];
    return new Set(jobs.map(({ executionId }) => String(executionId)));
  }

  /** Those of these executions that were ended before they were through. */
  async aborted(executionIds: readonly (number | string)[]): Promise<(number | string)[]> {
    const filter = { id: executionIds, status: EXECUTION_STATUS.ABORTED };
    const found = (await this.app.db.getRepository('executions').find({ filter, fields: ['id'] })) as ExecutionModel[];
    return found.map(({ id }) => id);
  }

  /** Ends a run of this process after the node that is under way. */
  stopRun(executionId: number | string): void {
    this.workflows.abortRunningExecution(executionId, EXECUTION_REASON.MANUAL_CANCEL);
  }

  /** The stored execution; null: there is none. */
  find(executionId: number | string): Promise<ExecutionModel | null> {
    return this.app.db.getRepository('executions').findOne({ filterByTk: executionId });
  }

  /** Whether the version of the workflow that an execution is of is still there. */
  async hasWorkflow({ workflowId }: ExecutionModel): Promise<boolean> {
    const isCached = this.workflows.enabledCache.get(workflowId) !== undefined;
    return isCached || (await this.app.db.getRepository('workflows').count({ filter: { id: workflowId } })) > 0;
  }

  /** Whether the workflow keeps no execution with this one's status. */
  isUnwanted({ status, workflow }: ExecutionModel): boolean {
    const unwanted: unknown = workflow?.options?.deleteExecutionOnStatus;
    return Boolean(status) && Array.isArray(unwanted) && unwanted.includes(status);
  }

  /** Ends an execution that has not ended, and all that it waits for. */
  async abort(execution: ExecutionModel, reason?: 'manual_cancel'): Promise<boolean> {
    return abortExecution(this.workflows, execution, { reason });
  }
}
