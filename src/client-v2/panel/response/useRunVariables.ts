import { useFlowEngine, type MetaTreeNode } from '@nocobase/flow-engine';
import {
  useCurrentWorkflowContext,
  useWorkflowVariableOptions,
  type CanvasNode,
  type Instruction,
} from '@nocobase/plugin-workflow/client-v2';
import { useT } from '../../locale';
import { triggerVariables } from '../../triggerVariables';
import { useConfig } from '../useConfig';
import { toMetaTree } from './metaTree';

interface WorkflowPlugin {
  instructions: { get(type: string): Instruction | undefined };
}

/**
 * What can be known before a run: the request as the form declares it right now, and what NocoBase offers
 * everywhere. NocoBase's own list holds the request variables as they were saved.
 */
export function useRequestVariables(): MetaTreeNode[] {
  const t = useT();
  const config = useConfig();
  const general = useWorkflowVariableOptions({ includeScopes: false });
  const request: MetaTreeNode = {
    name: '$context',
    title: t('Trigger variables'),
    type: '',
    paths: ['$context'],
    children: toMetaTree(triggerVariables(config, t), ['$context']),
  };
  return [request, ...general.filter(({ name }) => name === '$system' || name === '$env')];
}

/**
 * What the response can be filled with: beside that, where the answer waits for the run, every node's result.
 * Calls a hook for each of `nodes`: the component that uses it must not live on when they change.
 */
export function useRunVariables(nodes: readonly CanvasNode[]): MetaTreeNode[] {
  const t = useT();
  const workflow = useCurrentWorkflowContext();
  const [request, ...general] = useRequestVariables();
  const results = useNodeResults(nodes);
  const nodeResults: MetaTreeNode = {
    name: '$jobsMapByNodeKey',
    title: t('Node result'),
    type: '',
    paths: ['$jobsMapByNodeKey'],
    disabled: results.length === 0,
    children: results,
  };
  return [...(request ? [request] : []), ...(workflow.sync ? [nodeResults] : []), ...general];
}

/** The nodes' results; each node's type says what its result holds, by a hook of its own. */
function useNodeResults(nodes: readonly CanvasNode[]): MetaTreeNode[] {
  const { context } = useFlowEngine();
  const { instructions } = context.app.pm.get('workflow') as WorkflowPlugin;
  return nodes.flatMap((node) => {
    const option = instructions.get(node.type ?? '')?.useVariables?.(node, {});
    return option ? toMetaTree([option], ['$jobsMapByNodeKey']) : [];
  });
}
