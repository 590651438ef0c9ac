import type { FlowNodeModel, Processor } from '@nocobase/plugin-workflow';
import type { BreakOff } from './BreakOff';
import type { RunResults } from './RunResults';

type Exec = (instruction: unknown, node: FlowNodeModel, input?: Input, options?: object) => Promise<unknown>;

/** What a node is given: the result before it, or the last one of its branch. */
type Input = { nodeId?: unknown } | undefined;

/** The node types that, back from their branch, do nothing but say what comes next. */
const PASSING_ON: readonly string[] = ['condition', 'multi-conditions'];

/**
 * Makes a processor save what a node with effects has come to before the next one is begun, so that no more than the node
 * under way is done again where the run is cut off. Nodes without effects cost no statement.
 */
export function useCheckpoints(processor: Processor, results: RunResults, breakOff: BreakOff): void {
  const inside = processor as unknown as { exec: Exec };
  const exec = inside.exec.bind(processor);
  inside.exec = async (instruction, node, input, options) => {
    breakOff.check();
    if (results.isDue && !isPassingOn(node, input)) {
      await results.save();
    }
    return exec(instruction, node, input, options);
  };
}

function isPassingOn({ type, id, upstreamId }: FlowNodeModel, input: Input): boolean {
  const from = input?.nodeId;
  return PASSING_ON.includes(type) && from !== undefined && ![id, upstreamId].map(String).includes(String(from));
}
