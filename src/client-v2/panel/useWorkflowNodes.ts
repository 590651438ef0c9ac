import { useFlowEngine } from '@nocobase/flow-engine';
import { useCurrentWorkflowContext, type CanvasNode } from '@nocobase/plugin-workflow/client-v2';
import { createContext, useEffect, useState } from 'react';

/** The nodes of the workflow in the editor, for the panel's parts; null: not there yet. */
export const WorkflowNodesContext = createContext<CanvasNode[] | null>(null);

/** The nodes of the workflow in the editor; null until they are there. Asked for, as only the modern client has them. */
export function useWorkflowNodes(): CanvasNode[] | null {
  const { apiClient } = useFlowEngine().context.app;
  const { id } = useCurrentWorkflowContext();
  const [nodes, setNodes] = useState<CanvasNode[] | null>(null);

  useEffect(() => {
    if (!id) {
      return undefined;
    }
    let isGone = false;
    void apiClient
      .request<{ data: CanvasNode[] | null }>({ url: `workflows/${id}/nodes:list?paginate=false&sort=id` })
      .then(({ data }) => data.data ?? [])
      .catch(() => [])
      .then((found) => {
        if (!isGone) {
          setNodes(found);
        }
      });
    return () => {
      isGone = true;
    };
  }, [apiClient, id]);

  return nodes;
}
