import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import {
  Instruction,
  JOB_STATUS,
  type FlowNodeModel,
  type IJob,
  type JobModel,
  type Processor,
  type WorkflowModel,
} from '@nocobase/plugin-workflow';
import type { ReplyConfig } from '../../common/config';
import { TRIGGER_TYPE } from '../../common/plugin';
import { resolveResponseNode, validateResponseNode } from '../../common/responseNode';
import { sayIssues } from '../language';
import type { Answer } from '../pipeline/types';
import type { Scope } from '../templates/render';
import { answerOf, type AnswerFiles } from './answer/answerOf';
import { describeAnswer } from './nodeAnswer';
import { REPLY_SLOT, ReplySlot } from './ReplySlot';

/** The *Webhook response* node: answers the caller at the moment it runs, and ends the run or lets it go on. */
export class ResponseInstruction extends Instruction {
  constructor(
    workflow: PluginWorkflowServer,
    private readonly files: AnswerFiles,
  ) {
    super(workflow);
  }

  override validateConfig(config: Record<string, unknown>): Record<string, string> | null {
    return sayIssues(validateResponseNode(config));
  }

  /** Only where a caller waits for the run. */
  isAvailable(workflow: WorkflowModel): boolean {
    return workflow.type === TRIGGER_TYPE && Boolean(workflow.sync);
  }

  override async run(node: FlowNodeModel, input: JobModel | undefined, processor: Processor): Promise<IJob | null> {
    const { endWorkflow, ...reply } = resolveResponseNode(node.config);
    const slot: unknown = processor.options[REPLY_SLOT];
    const answer = await this.answer(reply, processor.getScope(node.id)).catch((error: unknown) => {
      if (slot instanceof ReplySlot) {
        slot.fault ??= error instanceof Error ? error.message : String(error);
      }
      throw error;
    });
    const given = slot instanceof ReplySlot ? slot.give(answer) : 'nobody';
    const job = { status: JOB_STATUS.RESOLVED, result: describeAnswer(answer, given) };
    if (!endWorkflow) {
      return job;
    }
    processor.saveJob({ ...job, nodeId: node.id, nodeKey: node.key, upstreamId: input?.id ?? null });
    return processor.exit(JOB_STATUS.RESOLVED);
  }

  /** *Test run*: what would be answered. The variables are filled in already; nothing is sent. */
  async test(config: Record<string, unknown>): Promise<IJob> {
    const { endWorkflow: _ends, ...reply } = resolveResponseNode(config);
    return { status: JOB_STATUS.RESOLVED, result: describeAnswer(await this.answer(reply, {}), null) };
  }

  private async answer(reply: ReplyConfig, scope: Scope): Promise<Answer> {
    return answerOf(reply, scope, this.files);
  }
}
