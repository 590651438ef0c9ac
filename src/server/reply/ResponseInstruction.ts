import {
  Instruction,
  JOB_STATUS,
  type FlowNodeModel,
  type IJob,
  type JobModel,
  type Processor,
  type WorkflowModel,
} from '@nocobase/plugin-workflow';
import { TRIGGER_TYPE } from '../../common/plugin';
import { resolveResponseNode, validateResponseNode } from '../../common/responseNode';
import { describeIssue } from '../../common/validateConfig';
import { answerOf } from './answerOf';
import { describeAnswer } from './nodeAnswer';
import { REPLY_SLOT, ReplySlot } from './ReplySlot';

/** The *Webhook response* node: answers the caller at the moment it runs, and ends the run or lets it go on. */
export class ResponseInstruction extends Instruction {
  override validateConfig(config: Record<string, unknown>): Record<string, string> | null {
    const issues = validateResponseNode(config);
    return issues.length === 0
      ? null
      : Object.fromEntries(issues.map((issue) => [issue.path, `${issue.path}: ${describeIssue(issue)}`]));
  }

  /** Only where a caller waits for the run. */
  isAvailable(workflow: WorkflowModel): boolean {
    return workflow.type === TRIGGER_TYPE && Boolean(workflow.sync);
  }

  override async run(node: FlowNodeModel, input: JobModel | undefined, processor: Processor): Promise<IJob | null> {
    const { endWorkflow, ...reply } = resolveResponseNode(node.config);
    const answer = answerOf(reply, processor.getScope(node.id));
    const slot: unknown = processor.options[REPLY_SLOT];
    const given = slot instanceof ReplySlot ? slot.give(answer) : 'nobody';
    const job = { status: JOB_STATUS.RESOLVED, result: describeAnswer(answer, given) };
    if (!endWorkflow) {
      return job;
    }
    processor.saveJob({ ...job, nodeId: node.id, nodeKey: node.key, upstreamId: input?.id ?? null });
    return processor.exit(JOB_STATUS.RESOLVED);
  }

  /** *Test run*: what would be answered. The variables are filled in already; nothing is sent. */
  test(config: Record<string, unknown>): IJob {
    const { endWorkflow: _ends, ...reply } = resolveResponseNode(config);
    return { status: JOB_STATUS.RESOLVED, result: describeAnswer(answerOf(reply, {}), null) };
  }
}
