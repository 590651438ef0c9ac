import { useCurrentWorkflowContext, type CanvasNode } from '@nocobase/plugin-workflow/client-v2';
import { holdsVariable } from '../../../common/templateNames';
import { useConfig } from '../useConfig';
import { FailureReply } from './FailureReply';
import { ModeHint } from './ModeHint';
import { ReplyFields } from './ReplyFields';
import { useRunVariables } from './useRunVariables';
import { useWorkflowNodes } from './useWorkflowNodes';

/** What a caller is answered. */
export function ResponseSection() {
  const nodes = useWorkflowNodes();
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

export function ResponseSummary() {
  const { response } = useConfig();
  return <>{`${shown(response.status)} · ${shown(response.contentType)}`}</>;
}

/** What a variable stands for isn't known yet. */
function shown(value: string | number): string | number {
  return holdsVariable(String(value)) ? '…' : value;
}
