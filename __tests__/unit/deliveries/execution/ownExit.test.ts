import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import { EXECUTION_STATUS, JOB_STATUS, type Processor } from '@nocobase/plugin-workflow';
import { useOwnExit } from '../../../../src/server/deliveries/execution/direct/processor/ownExit';
import { RunResults } from '../../../../src/server/deliveries/execution/direct/processor/RunResults';
import { BreakOff } from '../../../../src/server/deliveries/execution/direct/processor/BreakOff';
import type { RunSaver } from '../../../../src/server/deliveries/execution/direct/RunSaver';
import type { Results } from '../../../../src/server/deliveries/store/RunStore';

const { RESOLVED, FAILED, ERROR, PENDING, ABORTED, RETRY_NEEDED } = JOB_STATUS;

interface Job {
  id: string;
  isNewRecord: boolean;
  /** Which fields are other ones than they are stored. */
  dirty: Set<string>;
  get(field?: string): unknown;
  changed(field: string, isChanged?: false): boolean;
}

function job(id: string, isNewRecord = true, ...dirty: string[]): Job {
  return {
    id,
    isNewRecord,
    dirty: new Set(dirty),
    get: (field) => (field === undefined ? { id } : `${field} of ${id}`),
    changed(field, isChanged) {
      return isChanged === false ? this.dirty.delete(field) : this.dirty.has(field);
    },
  };
}

interface Situation {
  jobs?: Job[];
  /** Transactions that nodes have begun; whether they are open still. */
  scopes?: { open: boolean };
  abortReason?: string;
  /** What the store says of the execution: ended by this run, or by somebody else with this status. */
  endedElsewhere?: number;
  failing?: boolean;
}

/** A processor with these results, whose every step goes into `steps`. */
function setUp({ jobs = [], scopes, abortReason, endedElsewhere, failing = false }: Situation) {
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
    reason: string | null = null;
    set(values: { status: number; reason?: string }) {
      Object.assign(this, values);
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
    scopeTransactions: new Map(scopes ? [['node', {}]] : []),
    abortReason: abortReason ?? null,
    leaveRunningState: note('leave'),
    hasOpenScopeTransactions: () => scopes?.open ?? false,
    markOpenScopePendingJobsAsError: note('mark'),
    cleanupScopeTransactions: async (options: object) => note('close')(options),
    exit: async (status?: number | true) => note('engine')(status),
    exec: async () => undefined,
    saveJob: () => undefined,
  };
  const saver = {
    save: async (_execution: object, { changed, created }: Results) => {
      note('save')(changed, created);
      if (failing) {
        throw new Error('too large');
      }
      return new Set<string>();
    },
    end: async (_execution: object, end: object) => {
      note('end')(end);
      return endedElsewhere === undefined;
    },
    keep: (_execution: object, work: () => Promise<unknown>) => work(),
  };
  const timeoutManager = {
    clear: note('clear'),
    invalidateNextExpiresAtIfMatches: note('invalidate'),
    scheduleExecutionTimeout: () => note('schedule')(),
  };
  const own = processor as unknown as Processor;
  const parts = { saver: saver as unknown as RunSaver, breakOff: new BreakOff() };
  const results = new RunResults(own, parts.saver, parts.breakOff);
  useOwnExit(own, { timeoutManager } as unknown as PluginWorkflowServer, { ...parts, results });
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
    ['save', [], [{ id: '1' }, { id: '2' }]],
    ['end', { status, reason: null }],
    ['hook', 'afterUpdate', status],
    ...LAST,
    ['log', `execution (7) exiting with status ${status}`, { workflowId: 1 }],
  ]);
  expect(jobs.some(({ isNewRecord }) => isNewRecord)).toBe(false);
  expect(processor.jobsToSave.size).toBe(0);
});

it.each<[string, number | undefined, unknown[][]]>([
  ['waits', PENDING, [['end', { status: EXECUTION_STATUS.STARTED, reason: null }]]],
  ['stands still', undefined, []],
])('a run that %s saves what it has, and nobody is told of an end', async (_what, status, written) => {
  const { processor, steps } = setUp({ jobs: [job('1'), job('2', false, 'status', 'result'), job('3', false)] });
  await processor.exit(status);
  expect(steps.slice(0, -1)).toEqual([
    ['leave'],
    ['save', [{ id: '2', values: { status: 'status of 2', result: 'result of 2' } }], [{ id: '1' }]],
    ...written,
    ['schedule'],
  ]);
  expect(processor.jobsToSave.size).toBe(0);
});

it('what is stored once is not changed again', async () => {
  const stored = job('1', false, 'status');
  const { processor } = setUp({ jobs: [stored] });
  await processor.exit(undefined);
  expect(stored.dirty.size).toBe(0);
});

it('a run that is given up by its caller is the engine’s', async () => {
  const { processor, steps } = setUp({});
  await processor.exit(true);
  expect(steps).toEqual([['engine', true]]);
});

it('a run that was aborted says why', async () => {
  const { processor, steps } = setUp({ abortReason: 'timeout' });
  await processor.exit(ABORTED);
  expect(steps[2]).toEqual(['end', { status: EXECUTION_STATUS.ABORTED, reason: 'timeout' }]);
  expect(processor.execution.reason).toBe('timeout');
});

it.each<[string, boolean, number | undefined, boolean, number | null]>([
  ['ends well: its transaction is committed', false, RESOLVED, true, EXECUTION_STATUS.RESOLVED],
  ['ends badly: it is not', false, FAILED, false, EXECUTION_STATUS.FAILED],
  ['would wait inside it: that is an error', true, PENDING, false, EXECUTION_STATUS.ERROR],
  ['stands still inside it: that is an error', true, undefined, false, EXECUTION_STATUS.ERROR],
  ['waits behind it', false, PENDING, false, EXECUTION_STATUS.STARTED],
  ['stands still behind it: that is an error', false, undefined, false, EXECUTION_STATUS.ERROR],
])('a run with a transaction that %s', async (_what, open, status, allowCommit, ended) => {
  const { processor, steps } = setUp({ scopes: { open } });
  await processor.exit(status);
  expect(steps.filter(([step]) => step === 'mark')).toHaveLength(open ? 1 : 0);
  expect(steps).toContainEqual(['close', { allowCommit }]);
  // The effects of nodes first, then their results.
  expect(steps.findIndex(([step]) => step === 'close')).toBeLessThan(steps.findIndex(([step]) => step === 'save'));
  expect(steps.filter(([step]) => step === 'end')).toEqual([['end', { status: ended, reason: null }]]);
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

it('an execution that is another instance’s by now is not said to have ended', async () => {
  const { processor, steps } = setUp({ endedElsewhere: EXECUTION_STATUS.STARTED });
  await expect(processor.exit(RESOLVED)).rejects.toThrow('another one has taken over');
  expect(steps.map(([step]) => step)).toEqual(['leave', 'save', 'end', 'reload']);
});

it('results that can’t be stored break the run off for good, and are still to be stored', async () => {
  const { processor, steps } = setUp({ jobs: [job('1')], failing: true });
  await expect(processor.exit(RESOLVED)).rejects.toThrow('too large');
  // What the node around takes for an error of its own.
  await expect(processor.exit(ERROR)).rejects.toThrow('too large');
  expect(steps.map(([step]) => step)).toEqual(['leave', 'save']);
  expect(processor.jobsToSave.size).toBe(1);
  expect(processor.execution.status).toBe(EXECUTION_STATUS.STARTED);
});
