import { useFlowEngine } from '@nocobase/flow-engine';
import { useCurrentWorkflowContext, type CanvasNode } from '@nocobase/plugin-workflow/client-v2';
import { useEffect, useState } from 'react';

/**
 * The nodes of the workflow in the editor; null until they are there. Asked for, since only the modern
 * client's record holds them. An asynchronous workflow's answer goes out before any node runs: none.
 */
export function useWorkflowNodes(): CanvasNode[] | null {
  const { apiClient } = useFlowEngine().context.app;
  const { id, sync } = useCurrentWorkflowContext();
  const [nodes, setNodes] = useState<CanvasNode[] | null>(null);

  useEffect(() => {
    if (!id || !sync) {
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
  }, [apiClient, id, sync]);

  return nodes;
}
