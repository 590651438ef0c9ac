import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import {
  EXECUTION_STATUS,
  JOB_STATUS,
  type ExecutionModel,
  type JobModel,
  type Processor,
} from '@nocobase/plugin-workflow';
import { resolveConfig } from '../../common/config';
import { resolveResponseNode, RESPONSE_NODE_TYPE } from '../../common/responseNode';
import type { Answer } from '../pipeline/types';
import { answerOf, type AnswerFiles } from './answer/answerOf';
import { UnsendableAnswer } from './answer/UnsendableAnswer';
import { describedAnswer } from './nodeAnswer';
import { RunAnswer } from './RunAnswer';

/**
 * What a run that is over answers, read off its results: what its first response node said, else the answer that its
 * version of the workflow is set to give. null: it failed, and nothing is set for that; or it is gone. Rejects where it can't
 * be sent.
 */
export async function answerOfRun(
  executionId: number | string,
  workflows: PluginWorkflowServer,
  files: AnswerFiles,
): Promise<Answer | null> {
  const execution = (await workflows.db.getRepository('executions').findOne({
    filterByTk: executionId,
    appends: ['workflow'],
  })) as ExecutionModel | null;
  if (!execution?.workflow) {
    return null;
  }
  const processor = workflows.createProcessor(execution);
  await processor.prepare();
  const said = await saidBy(processor, workflows, files);
  if (said) {
    return said;
  }
  const end = await new RunAnswer(resolveConfig(execution.workflow.config).response, files).to(processor);
  if (end.hasFailed && !end.answer && execution.status === EXECUTION_STATUS.RESOLVED) {
    throw new UnsendableAnswer(end.reason);
  }
  return end.answer;
}

/** A loop may have come to its response node often: the first time counts. */
async function saidBy(
  processor: Processor,
  workflows: PluginWorkflowServer,
  files: AnswerFiles,
): Promise<Answer | null> {
  const nodes = processor.nodes.filter(({ type }) => type === RESPONSE_NODE_TYPE);
  if (nodes.length === 0) {
    return null;
  }
  const job = (await workflows.db.getRepository('jobs').findOne({
    filter: { executionId: processor.execution.id, nodeId: nodes.map(({ id }) => id), status: JOB_STATUS.RESOLVED },
    sort: ['id'],
  })) as JobModel | null;
  const node = job && processor.nodesMap.get(job.nodeId);
  if (!node) {
    return null;
  }
  const { endWorkflow: _ends, ...reply } = resolveResponseNode(node.config);
  return describedAnswer(job.result) ?? answerOf(reply, processor.getScope(node.id), files);
}
