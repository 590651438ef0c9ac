import { useCurrentWorkflowContext, type CanvasNode } from '@nocobase/plugin-workflow/client-v2';
import { useContext } from 'react';
import { useConfig } from '../useConfig';
import { FailureReply } from './FailureReply';
import { ModeHint } from './ModeHint';
import { ReplyFields } from './ReplyFields';
import { useRunVariables } from './useRunVariables';
import { WorkflowNodesContext } from '../useWorkflowNodes';

/** What a caller is answered. An asynchronous workflow's answer goes out before any node runs: it has nothing of them. */
export function ResponseSection() {
  const { sync } = useCurrentWorkflowContext();
  const known = useContext(WorkflowNodesContext);
  const nodes = sync ? known : null;
  return <ResponseFields key={nodes ? 'with nodes' : 'without'} nodes={nodes ?? []} />;
}

function ResponseFields({ nodes }: { nodes: CanvasNode[] }) {
  const { response } = useConfig();
  const { sync } = useCurrentWorkflowContext();
  const variables = useRunVariables(nodes);
  return (
    <>
      <ModeHint />
      <ReplyFields at="response." reply={response} variables={variables} />
      {sync ? <FailureReply variables={variables} /> : null}
    </>
  );
}
