import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import PluginWorkflowServer from '@nocobase/plugin-workflow';
import {
  ENGINE_PARTS,
  missingParts,
  type EngineHost,
  type EnginePart,
} from '../../../../src/server/deliveries/execution/direct/engineParts';

// `execution/direct/DirectEngine.ts` does what the workflow engine's dispatcher does around a run, and `fastPath.ts` and
// `processor/` lay their own hands to how a run begins and leaves its nodes. If one of these fails after an update of
// NocoBase: read what changed there, carry it over there, and only then put the new hash in here.

const ENGINE = 'node_modules/@nocobase/plugin-workflow/dist';

/** What a part is, or what stands around it, in the engine's text: file, method, and the hash of the text. */
type Watched = [file: string, method: string, hash: string];

const WATCHED: Record<EnginePart, Watched[]> = {
  'Plugin.createProcessor': [
    ['Plugin.js', 'createProcessor', '24b769939fc1234b'],
    ['Dispatcher.js', 'process', 'ff02fcca4ad2d2cc'],
  ],
  'Plugin.resume': [
    ['Plugin.js', 'resume', '95d44cc4f4a4bd4a'],
    ['Dispatcher.js', 'resolveTask', '0849bf511e27d587'],
  ],
  'Plugin.serving': [['Plugin.js', 'serving', '8e223973dd0bb503']],
  'Plugin.enabledCache': [['Plugin.js', 'toggle', '92976d672449ab17']],
  'Plugin.triggers': [['Dispatcher.js', 'validateEvent', '6b582771699712e5']],
  'Plugin.instructions': [['Processor.js', 'run', '0582b902b5ae99f8']],
  'Processor.prepare': [
    ['Processor.js', 'prepare', '08ad6634d71afca9'],
    ['Processor.js', 'makeNodes', 'f4437fc43e50891b'],
  ],
  'Processor.start': [['Processor.js', 'start', '82c80886a1dfc88f']],
  'Processor.exit': [
    ['Processor.js', 'exit', '550ea2cc97de7f17'],
    ['Processor.js', 'leaveRunningState', 'b15bf881943fb936'],
    ['Processor.js', 'hasOpenScopeTransactions', 'e2d790eed2b6ff76'],
    ['Processor.js', 'markOpenScopePendingJobsAsError', '8c296b336436442f'],
    ['Processor.js', 'cleanupScopeTransactions', '5e7b01ef636b8ec3'],
  ],
  'Processor.shouldContinueExecution': [
    ['Processor.js', 'shouldContinueExecution', 'a96bf29971fd2712'],
    ['Processor.js', 'exec', '7d9e04fba315202f'],
  ],
  'Processor.exec': [
    ['Processor.js', 'exec', '7d9e04fba315202f'],
    ['Processor.js', 'saveJob', '69b6ca92733e8182'],
  ],
  'Processor.enterRunningState': [['Processor.js', 'enterRunningState', 'e9127e4a1cee8cb9']],
  // What it says is seen in deliveries/results.test.ts: there the engine's own runs are the measure.
  'Processor.StatusMap': [],
  'Processor.resume': [
    ['Processor.js', 'resume', 'db9e1ab7b607c6bf'],
    ['Processor.js', 'recall', 'd7d6d74c50fd440b'],
  ],
  'Processor.rerun': [
    ['Processor.js', 'rerun', 'a35a58dfb034bb0f'],
    ['Processor.js', 'getRerunInput', '5041ca9d0ad4471a'],
    ['Processor.js', 'saveJob', '69b6ca92733e8182'],
  ],
  'Processor.run': [['Processor.js', 'exec', '7d9e04fba315202f']],
  'Processor.end': [['Processor.js', 'end', '0b7cf2cecbb25647']],
  'ExecutionTimeoutManager.getExpiresAt': [['ExecutionTimeoutManager.js', 'getExpiresAt', 'da63ede7bda2ae6f']],
  'ExecutionTimeoutManager.scheduleExecutionTimeout': [
    ['ExecutionTimeoutManager.js', 'scheduleExecutionTimeout', 'f5c7c9cb30a855b6'],
  ],
  'ExecutionTimeoutManager.clear': [['ExecutionTimeoutManager.js', 'clear', '30218c043d1daaee']],
  'ExecutionTimeoutManager.invalidateNextExpiresAtIfMatches': [
    ['ExecutionTimeoutManager.js', 'invalidateNextExpiresAtIfMatches', 'fbc6b8afb20a0df8'],
  ],
  getExecutionLockKey: [['utils.js', 'function getExecutionLockKey', '805d7f0fbccfbf56']],
  abortExecution: [['utils.js', 'async function abortExecution', '5b558183b700ed6a']],
  'LockManager.tryAcquire': [['Dispatcher.js', 'process', 'ff02fcca4ad2d2cc']],
  // Its text is no matter: an id that is a number and new is all that is asked.
  'SnowflakeIdGenerator.generate': [],
  'table executions': [
    ['Dispatcher.js', 'createExecution', 'e8768a273c16748c'],
    ['Dispatcher.js', 'enter', '54afab1f6b78ec77'],
    ['Dispatcher.js', 'findQueueingExecutions', 'f454995dd2762dbf'],
  ],
  'table jobs': [['Processor.js', 'saveJob', '69b6ca92733e8182']],
  'table workflowStats': [['Dispatcher.js', 'createExecution', 'e8768a273c16748c']],
  'table workflowVersionStats': [['Dispatcher.js', 'createExecution', 'e8768a273c16748c']],
};

/** A method's or a function's text without its line breaks and spaces. */
function textOf(file: string, name: string): string {
  const text = readFileSync(join(ENGINE, 'server', file), 'utf8');
  const isFunction = name.includes('function ');
  const start = text.search(new RegExp(isFunction ? `^${name}\\(` : `^  (async )?${name}\\(`, 'm'));
  expect({ name, found: start >= 0 }).toEqual({ name, found: true });
  const end = text.indexOf(isFunction ? '\n}\n' : '\n  }\n', start);
  return text.slice(start, end).replace(/\s+/g, '');
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

const ROWS = Object.entries(WATCHED).flatMap(([part, watched]) => watched.map((row) => [part, ...row] as const));

test.each(ROWS)('%s: in %s, %s is what it was when this was written', (_part, file, name, expected) => {
  expect(hash(textOf(file, name))).toBe(expected);
});

/** How the nodes send out and go on from memory that `backgroundNodes.ts` lists, and the one that it leaves out. */
const BACKGROUND: [file: string, method: string, hash: string][] = [
  ['plugin-workflow-request/dist/server/RequestInstruction.js', 'run', 'a06191b28c9daa0a'],
  ['plugin-workflow-mailer/dist/server/MailerInstruction.js', 'run', '54ae215316e351c8'],
  ['plugin-ai/dist/server/workflow/nodes/llm/index.js', 'run', 'ee9cc137fd271d02'],
  ['plugin-workflow-javascript/dist/server/TaskRecovery.js', 'republishQueuedJobs', '2250d6687f96af40'],
];

test.each(BACKGROUND)('%s: %s is what it was when backgroundNodes.ts was written', (file, name, expected) => {
  expect(hash(textOf(`../../../${file}`, name))).toBe(expected);
});

test('executions have the columns that are written, and no others that must be', () => {
  const text = readFileSync(join(ENGINE, 'common/collections/executions.js'), 'utf8');
  expect(hash(text.slice(text.indexOf('fields:')).replace(/\s+/g, ''))).toBe('db4bc0afb93e9ffb');
});

describe('what is missing at the start of NocoBase', () => {
  const TABLES: Record<string, string[]> = {
    executions: ['id', 'workflowId', 'key', 'eventKey', 'context', 'status', 'dispatched', 'startedAt', 'expiresAt'],
    jobs: ['id', 'executionId', 'nodeId', 'status', 'result'],
    workflowStats: ['key', 'executed'],
    workflowVersionStats: ['id', 'executed'],
  };

  /** The installed engine in an app that has what it needs; its columns as this test says. */
  function host(tables = TABLES): EngineHost {
    const fields = (name: string) => [...(tables[name] ?? []), 'createdAt', 'updatedAt'];
    const app = {
      lockManager: { tryAcquire: () => undefined },
      snowflakeIdGenerator: { generate: () => 1 },
      db: {
        getCollection: (name: string) =>
          name in tables
            ? { model: { rawAttributes: Object.fromEntries(fields(name).map((field) => [field, {}])) } }
            : undefined,
      },
    } as unknown as EngineHost['app'];
    return { app, workflows: new PluginWorkflowServer(app, { name: 'workflow' }) };
  }

  /** The same host, where `name` can't be found on one of its objects any more. */
  function without(holder: (whole: EngineHost) => object, name: string): EngineHost {
    const whole = host();
    Object.defineProperty(holder(whole), name, { value: undefined });
    return whole;
  }

  it('is nothing with the version that is installed', () => {
    expect(missingParts(host())).toEqual([]);
  });

  it.each<[EnginePart, EngineHost]>([
    ['Plugin.createProcessor', without(({ workflows }) => workflows, 'createProcessor')],
    ['Plugin.resume', without(({ workflows }) => workflows, 'resume')],
    ['Plugin.serving', without(({ workflows }) => workflows, 'serving')],
    ['Plugin.enabledCache', without(({ workflows }) => workflows, 'enabledCache')],
    ['Plugin.triggers', without(({ workflows }) => workflows, 'triggers')],
    ['Plugin.instructions', without(({ workflows }) => workflows, 'instructions')],
    ['ExecutionTimeoutManager.getExpiresAt', without(({ workflows }) => workflows.timeoutManager, 'getExpiresAt')],
    ['LockManager.tryAcquire', without(({ app }) => app, 'lockManager')],
    ['SnowflakeIdGenerator.generate', without(({ app }) => app, 'snowflakeIdGenerator')],
    ['table executions', host({ ...TABLES, executions: ['id', 'workflowId', 'key', 'status'] })],
    ['table jobs', host({ ...TABLES, jobs: ['id', 'executionId', 'nodeId', 'status'] })],
    ['table workflowStats', host({ ...TABLES, workflowStats: ['key'] })],
    [
      'table workflowVersionStats',
      host(Object.fromEntries(Object.entries(TABLES).filter(([name]) => name !== 'workflowVersionStats'))),
    ],
  ])('%s, where it is gone', (part, changed) => {
    expect(missingParts(changed)).toEqual([part]);
  });

  it('is looked for under every name that is watched', () => {
    expect(Object.keys(WATCHED)).toEqual(Object.keys(ENGINE_PARTS));
  });
});
