import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import { EXECUTION_STATUS, JOB_STATUS, type Processor } from '@nocobase/plugin-workflow';
import { useFastPath } from '../../../../src/server/deliveries/execution/direct/fastPath';
import type { RunStore } from '../../../../src/server/deliveries/store/RunStore';

const { RESOLVED, FAILED, ERROR, PENDING, ABORTED, RETRY_NEEDED } = JOB_STATUS;

interface Job {
  id: string;
  isNewRecord: boolean;
  get(): object;
}

const job = (id: string, isNewRecord = true): Job => ({ id, isNewRecord, get: () => ({ id }) });

interface Situation {
  jobs?: Job[];
  scopes?: number;
  /** What the store says of the execution: ended by this run, or by somebody else with this status. */
  endedElsewhere?: number;
  failing?: boolean;
}

/** A processor with these results, whose every step goes into `steps`. */
function setUp({ jobs = [], scopes = 0, endedElsewhere, failing = false }: Situation) {
  const steps: unknown[][] = [];
  const note =
    (...step: unknown[]) =>
    (...args: unknown[]) =>
      void steps.push([...step, ...args]);
  class Execution {
    static runHooks = async (name: string, { status }: Execution) => note('hook')(name, status);
    id = 7;
    workflowId = 1;
    expiresAt = null;
    status: number = EXECUTION_STATUS.STARTED;
    set({ status }: { status: number }) {
      this.status = status;
    }
    async reload() {
      note('reload')();
      this.status = Number(endedElsewhere);
    }
  }
  const processor = {
    execution: new Execution(),
    logger: { info: note('log') },
    jobsToSave: new Map(jobs.map((one) => [one.id, one])),
    scopeTransactions: new Map(Array.from({ length: scopes }, (_, key) => [key, {}])),
    leaveRunningState: note('leave'),
    exit: async (status?: number | true) => note('engine')(status),
  };
  const runs = {
    saveJobs: async (rows: readonly object[]) => {
      note('save')(rows);
      if (failing) {
        throw new Error('the database is away');
      }
    },
    end: async (end: object) => {
      note('end')(end);
      return endedElsewhere === undefined;
    },
  };
  const timeoutManager = { clear: note('clear'), invalidateNextExpiresAtIfMatches: note('invalidate') };
  useFastPath(
    processor as unknown as Processor,
    { timeoutManager } as unknown as PluginWorkflowServer,
    runs as unknown as RunStore,
  );
  return { processor, steps };
}

const LAST: unknown[][] = [
  ['clear', 7],
  ['invalidate', null],
];

it.each<[number, number]>([
  [RESOLVED, EXECUTION_STATUS.RESOLVED],
  [FAILED, EXECUTION_STATUS.FAILED],
  [ERROR, EXECUTION_STATUS.ERROR],
  [RETRY_NEEDED, EXECUTION_STATUS.RETRY_NEEDED],
  [-9, -1],
])('a run whose last job is %d ends here, as %d', async (last, status) => {
  const jobs = [job('1'), job('2')];
  const { processor, steps } = setUp({ jobs });
  expect(await processor.exit(last)).toBeNull();
  expect(steps).toEqual([
    ['leave'],
    ['save', [{ id: '1' }, { id: '2' }]],
    ['end', { id: 7, status }],
    ['hook', 'afterUpdate', status],
    ...LAST,
    ['log', `execution (7) exiting with status ${status}`, { workflowId: 1 }],
  ]);
  expect(jobs.some(({ isNewRecord }) => isNewRecord)).toBe(false);
  expect(processor.jobsToSave.size).toBe(0);
});

it.each<[string, Situation, number | true | undefined]>([
  ['waits', {}, PENDING],
  ['stands still', {}, undefined],
  ['is given up by its caller', {}, true],
  ['was aborted', {}, ABORTED],
  ['has stored results already', { jobs: [job('1'), job('2', false)] }, RESOLVED],
  ['has a transaction to close', { scopes: 1 }, RESOLVED],
])('a run that %s is the engine’s', async (_what, situation, status) => {
  const { processor, steps } = setUp(situation);
  await processor.exit(status);
  expect(steps).toEqual([['engine', status]]);
});

it.each<[string, number, unknown[][]]>([
  ['somebody else ended: nobody is told once more', EXECUTION_STATUS.ABORTED, []],
  ['is as it was to be', EXECUTION_STATUS.RESOLVED, [['hook', 'afterUpdate', EXECUTION_STATUS.RESOLVED]]],
])('an execution that %s', async (_what, endedElsewhere, told) => {
  const { processor, steps } = setUp({ endedElsewhere });
  await processor.exit(RESOLVED);
  expect(steps.slice(3, -1)).toEqual([['reload'], ...told, ...LAST]);
  expect(processor.execution.status).toBe(endedElsewhere);
});

it('results that could not be stored break the run off, and are still to be stored', async () => {
  const { processor, steps } = setUp({ jobs: [job('1')], failing: true });
  await expect(processor.exit(RESOLVED)).rejects.toThrow('the database is away');
  expect(steps.map(([step]) => step)).toEqual(['leave', 'save']);
  expect(processor.jobsToSave.size).toBe(1);
  expect(processor.execution.status).toBe(EXECUTION_STATUS.STARTED);
});
