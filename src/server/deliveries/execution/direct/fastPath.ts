import type { Processor } from '@nocobase/plugin-workflow';

/** Makes the processor of a new execution begin without reading: nothing is stored of it yet. */
export function useFastPath(processor: Processor): void {
  processor.prepare = () => prepareFresh(processor);
}

/** What `processor.prepare` does, for an execution that has no jobs yet. */
async function prepareFresh(processor: Processor): Promise<void> {
  const { execution } = processor;
  const { workflow } = execution;
  if (!workflow) {
    throw new Error(`workflow ${execution.workflowId} not found for execution ${execution.id}`);
  }
  const nodes = workflow.nodes ?? (await workflow.getNodes());
  workflow.nodes = nodes;
  processor.nodes = nodes;
  processor.nodesMap = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) {
    const upstream = node.upstreamId ? processor.nodesMap.get(node.upstreamId) : undefined;
    const downstream = node.downstreamId ? processor.nodesMap.get(node.downstreamId) : undefined;
    if (upstream) {
      node.upstream = upstream;
    }
    if (downstream) {
      node.downstream = downstream;
    }
  }
  execution.jobs = [];
}
