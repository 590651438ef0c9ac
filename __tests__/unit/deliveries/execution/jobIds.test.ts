import { JOB_STATUS, type Processor } from '@nocobase/plugin-workflow';
import { JobIds } from '../../../../src/server/deliveries/execution/direct/processor/jobIds';

interface Job {
  id: string;
  nodeId: number;
  nodeKey: string;
  status: number;
  upstreamId: string | null;
  isNewRecord: boolean;
  set(values: Partial<Job>): void;
}

/** NocoBase's ids of one moment share what stands above this. More than a number holds exactly. */
const MOMENT = 2n ** 20n;
const id = (number: number) => String(2n ** 56n + BigInt(number));

function job(number: number, nodeId: number, values: Partial<Job> = {}): Job {
  return {
    id: id(number),
    nodeId,
    nodeKey: `node${nodeId}`,
    status: JOB_STATUS.RESOLVED,
    upstreamId: null,
    isNewRecord: true,
    set(changed) {
      Object.assign(this, changed);
    },
    ...values,
  };
}

type Step = (node: unknown) => Promise<unknown>;

/** A processor with these results to be saved, whose nodes do what they are given. */
function setUp(...jobs: Job[]) {
  const processor = {
    jobsToSave: new Map<string, Job>(),
    jobsMapByNodeKey: {} as Record<string, Job>,
    exec: async (instruction: Step, node: unknown) => instruction(node),
    saveJob: (values: Partial<Job> & Pick<Job, 'nodeId'>) => {
      const one = job(next++, values.nodeId, values);
      processor.jobsToSave.set(one.id, one);
      processor.jobsMapByNodeKey[one.nodeKey] = one;
      return one;
    },
  };
  jobs.forEach((one) => processor.jobsToSave.set(one.id, one));
  let next = jobs.length + 1;
  const ids = new JobIds(processor as unknown as Processor);
  const exec = processor.exec as unknown as (step: Step, node: { id: number }) => Promise<unknown>;
  /** Saves all; of each further time it is said which ids are taken. */
  const save = (...taken: string[][]) => ids.save(() => Promise.resolve(new Set(taken.shift())));
  return { processor, ids, save, exec };
}

const numbers = ({ jobsToSave }: { jobsToSave: Map<string, Job> }) =>
  [...jobsToSave].map(([key, one]) => [key === one.id, one.id, one.upstreamId]);

it('results whose ids are free keep them', async () => {
  const { processor, save } = setUp(job(1, 1), job(2, 2, { upstreamId: id(1) }));
  await save();
  expect(numbers(processor)).toEqual([
    [true, id(1), null],
    [true, id(2), id(1)],
  ]);
});

it('one whose id is taken gets another, and what comes behind it comes behind it still, and names it', async () => {
  const { processor, save } = setUp(job(1, 1), job(2, 2, { upstreamId: id(1) }), job(3, 3, { upstreamId: id(2) }));
  await save([id(2)]);
  const [, second = '', third = ''] = [...processor.jobsToSave.values()].map((one) => one.id);
  expect(BigInt(second) / MOMENT).toBe(2n ** 36n + 1n);
  expect(BigInt(third)).toBeGreaterThan(BigInt(second));
  expect(numbers(processor)).toEqual([
    [true, id(1), null],
    [true, second, id(1)],
    [true, third, second],
  ]);
});

it('what is behind already keeps its id', async () => {
  const { processor, save } = setUp(job(1, 1), job(Number(4n * MOMENT), 2, { upstreamId: id(1) }));
  await save([id(1)]);
  expect([...processor.jobsToSave.keys()][1]).toBe(id(Number(4n * MOMENT)));
});

it('a result comes behind those that another instance has stored, whose clock is ahead', () => {
  const { processor } = setUp();
  processor.jobsMapByNodeKey.node1 = job(Number(9n * MOMENT), 1, { isNewRecord: false });
  const ids = [1, 2, 3].map((nodeId) => BigInt(processor.saveJob({ nodeId }).id));
  expect(ids[0]).toBeGreaterThan(BigInt(id(Number(9n * MOMENT))));
  expect(ids).toEqual([...ids].sort((a, b) => Number(a - b)));
});

it('it is given others until one is free', async () => {
  const { processor, ids } = setUp(job(1, 1));
  const seen: string[] = [];
  await ids.save(() => {
    seen.push(...processor.jobsToSave.keys());
    return Promise.resolve(new Set(seen.length < 4 ? seen.slice(-1) : []));
  });
  expect(new Set(seen).size).toBe(4);
});

it('a node that has noted the id is done again, once the others are saved', async () => {
  const { processor, save, exec } = setUp(job(1, 1));
  const sent: string[] = [];
  const request = async () => {
    const mine = processor.saveJob({ nodeId: 2, status: JOB_STATUS.PENDING, upstreamId: id(1) });
    await save(mine.id === id(2) ? [id(2)] : []);
    processor.jobsToSave.clear();
    sent.push(mine.id);
    return null;
  };
  await exec(request, { id: 2 });
  // Not the next one either: where one is taken, that may well be, too.
  expect(sent).not.toEqual([id(2)]);
  expect(sent).not.toEqual([id(3)]);
  expect(sent).toEqual([processor.jobsMapByNodeKey.node2?.id]);
});

it('a node around others is not done again for its own id: what is inside it would be', async () => {
  const { processor, save, exec } = setUp();
  const done: number[] = [];
  const around = async () => {
    done.push(1);
    const mine = processor.saveJob({ nodeId: 1, status: JOB_STATUS.PENDING });
    await exec(async () => void done.push(2), { id: 2 });
    await save(done.length === 2 ? [mine.id] : []);
  };
  await exec(around, { id: 1 });
  expect(done).toEqual([1, 2]);
});

it('it is not done again for ever', async () => {
  const { processor, save, exec } = setUp();
  let times = 0;
  const request = async () => {
    times++;
    await save([processor.saveJob({ nodeId: 2, status: JOB_STATUS.PENDING }).id]);
  };
  await expect(exec(request, { id: 2 })).rejects.toThrow('has the id of this one');
  expect(times).toBe(6);
});

it.each<[string, Partial<Job>, number]>([
  ['has ended', {}, 2],
  ['is another node’s', { status: JOB_STATUS.PENDING }, 1],
])('a result that %s is renumbered where it stands', async (_what, values, node) => {
  const { processor, save, exec } = setUp(job(2, 2, values));
  let times = 0;
  await exec(
    async () => {
      times++;
      await save([id(2)]);
    },
    { id: node },
  );
  expect(times).toBe(1);
  expect(processor.jobsToSave.size).toBe(1);
  expect(processor.jobsToSave.has(id(2))).toBe(false);
});

it('an id that no column holds is given up for one that does', () => {
  const { processor } = setUp();
  const wrapped = processor.saveJob({ nodeId: 1, id: '18446729101147387904' });
  expect(BigInt(wrapped.id)).toBeLessThan(2n ** 63n);
  expect([...processor.jobsToSave.keys()]).toEqual([wrapped.id]);
});

it('an error of the node’s own is its own', async () => {
  const { exec } = setUp();
  await expect(exec(() => Promise.reject(new Error('no such host')), { id: 1 })).rejects.toThrow('no such host');
});
