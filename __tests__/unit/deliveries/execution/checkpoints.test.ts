import { JOB_STATUS, type Processor } from '@nocobase/plugin-workflow';
import { BreakOff } from '../../../../src/server/deliveries/execution/direct/processor/BreakOff';
import { useCheckpoints } from '../../../../src/server/deliveries/execution/direct/processor/checkpoints';
import { RunResults } from '../../../../src/server/deliveries/execution/direct/processor/RunResults';
import type { RunSaver } from '../../../../src/server/deliveries/execution/direct/RunSaver';
import type { Results } from '../../../../src/server/deliveries/store/RunStore';

interface Node {
  id: number;
  type: string;
  upstreamId?: number;
}

interface Job {
  id: string;
  nodeId: number;
  nodeKey: string;
  isNewRecord: boolean;
  get(): object;
  changed(): boolean;
}

type Step = () => Promise<void>;

/** A processor that does nodes as the engine does; what is saved and what is done, in order. */
function setUp({ inTransaction = false, failing = false } = {}) {
  const steps: string[] = [];
  let count = 0;
  const nodesMap = new Map<number, Node>();
  const processor = {
    execution: { id: 7 },
    nodesMap,
    jobsToSave: new Map<string, Job>(),
    jobsMapByNodeKey: {},
    hasOpenScopeTransactions: () => inTransaction,
    saveJob: ({ nodeId }: { nodeId: number }): Job => {
      const id = String(++count);
      const job = { id, nodeId, nodeKey: id, isNewRecord: true, get: () => ({ id }), changed: () => false };
      processor.jobsToSave.set(id, job);
      return job;
    },
    exec: async (instruction: (node: Node) => Promise<void>, node: Node) => {
      await instruction(node);
      processor.saveJob({ nodeId: node.id });
    },
  };
  const saver = {
    save: async (_execution: object, { created }: Results) => {
      if (failing) {
        throw new Error('too large');
      }
      steps.push(`save ${created.length}`);
      return new Set<string>();
    },
  };
  const own = processor as unknown as Processor;
  const breakOff = new BreakOff();
  useCheckpoints(own, new RunResults(own, saver as unknown as RunSaver, breakOff), breakOff);
  const exec = processor.exec as unknown as (step: Step, node: Node, input?: object) => Promise<void>;
  /** Does a node of this type, with a branch in it. @param input the node that it comes behind */
  const node = (id: number, type: string, { from, branch }: { from?: number; branch?: Step } = {}) => {
    const one = { id, type, upstreamId: 0 };
    nodesMap.set(id, one);
    const step = async () => {
      steps.push(type);
      await branch?.();
    };
    return exec(step, one, from === undefined ? undefined : { nodeId: from, status: JOB_STATUS.RESOLVED });
  };
  return { steps, node };
}

it('what a node with effects came to is saved before the next node', async () => {
  const { steps, node } = setUp();
  await node(1, 'create');
  await node(2, 'calculation');
  await node(3, 'a-type-of-somebody-else');
  await node(4, 'update');
  expect(steps).toEqual(['create', 'save 1', 'calculation', 'a-type-of-somebody-else', 'save 2', 'update']);
});

it('nodes without effects cost nothing, however many', async () => {
  const { steps, node } = setUp();
  const types = ['calculation', 'condition', 'query', 'aggregate', 'loop', 'variable', 'calculation'];
  for (const [index, type] of types.entries()) {
    await node(index, type);
  }
  expect(steps).toEqual(types);
});

it('a node with a branch is not through before that is', async () => {
  const { steps, node } = setUp();
  await node(1, 'create');
  await node(2, 'a-container', {
    branch: async () => {
      await node(3, 'calculation');
      await node(4, 'create');
      await node(5, 'create');
    },
  });
  await node(6, 'calculation');
  expect(steps.join()).toBe('create,save 1,a-container,calculation,create,save 2,create,save 2,calculation');
});

it('back from its branch, a condition only says what comes next', async () => {
  const { steps, node } = setUp();
  await node(1, 'condition', {
    branch: async () => {
      await node(2, 'create');
      await node(1, 'condition', { from: 2 });
    },
  });
  await node(3, 'calculation', { from: 1 });
  // As often as without the condition.
  expect(steps).toEqual(['condition', 'create', 'condition', 'save 3', 'calculation']);
});

it('a loop says more than that: how far it is', async () => {
  const { steps, node } = setUp();
  await node(2, 'create');
  await node(1, 'loop', { from: 2 });
  expect(steps).toEqual(['create', 'save 1', 'loop']);
});

it('inside an open transaction nothing is saved', async () => {
  const { steps, node } = setUp({ inTransaction: true });
  await node(1, 'create');
  await node(2, 'create');
  expect(steps).toEqual(['create', 'create']);
});

it('what can’t be saved ends all, also what the engine would go on with', async () => {
  const { steps, node } = setUp({ failing: true });
  await node(1, 'create');
  await expect(node(2, 'create')).rejects.toThrow('too large');
  await expect(node(3, 'calculation')).rejects.toThrow('too large');
  expect(steps).toEqual(['create']);
});
