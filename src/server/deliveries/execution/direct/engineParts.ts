import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import { abortExecution, getExecutionLockKey, Processor } from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';

/** Where a part of the engine is looked for. */
export interface EngineHost {
  app: Application;
  workflows: PluginWorkflowServer;
}

type Check = (host: EngineHost) => boolean;

/**
 * What `DirectEngine.ts`, `fastPath.ts`, `ResumeTracker.ts`, `processor/` and `resuming/` lean on inside the workflow engine, by its name
 * there. Deliveries are started through the engine's own `trigger()` where one of these is missing. The contract test holds the same list
 * against the text of each.
 */
export const ENGINE_PARTS = {
  'Plugin.createProcessor': ({ workflows }) => isMethod(workflows, 'createProcessor'),
  'Plugin.resume': ({ workflows }) => isMethod(workflows, 'resume'),
  'Plugin.serving': ({ workflows }) => isMethod(workflows, 'serving'),
  'Plugin.enabledCache': ({ workflows }) => isMethod(workflows.enabledCache, 'get'),
  'Plugin.triggers': ({ workflows }) => isMethod(workflows.triggers, 'get'),
  'Plugin.instructions': ({ workflows }) => isMethod(workflows.instructions, 'get'),
  'Processor.prepare': () => isMethod(Processor?.prototype, 'prepare'),
  'Processor.start': () => isMethod(Processor?.prototype, 'start'),
  'Processor.exit': () =>
    [
      'exit',
      'leaveRunningState',
      'hasOpenScopeTransactions',
      'markOpenScopePendingJobsAsError',
      'cleanupScopeTransactions',
    ].every((name) => isMethod(Processor?.prototype, name)),
  'Processor.shouldContinueExecution': () => isMethod(Processor?.prototype, 'shouldContinueExecution'),
  'Processor.exec': () => isMethod(Processor?.prototype, 'exec'),
  'Processor.enterRunningState': () => isMethod(Processor?.prototype, 'enterRunningState'),
  'Processor.StatusMap': () => typeof Processor?.StatusMap === 'object',
  'Processor.resume': () => isMethod(Processor?.prototype, 'resume'),
  'Processor.rerun': () => isMethod(Processor?.prototype, 'rerun'),
  'Processor.run': () => isMethod(Processor?.prototype, 'run'),
  'Processor.end': () => isMethod(Processor?.prototype, 'end'),
  'ExecutionTimeoutManager.getExpiresAt': ({ workflows }) => isMethod(workflows.timeoutManager, 'getExpiresAt'),
  'ExecutionTimeoutManager.scheduleExecutionTimeout': ({ workflows }) =>
    isMethod(workflows.timeoutManager, 'scheduleExecutionTimeout'),
  'ExecutionTimeoutManager.clear': ({ workflows }) => isMethod(workflows.timeoutManager, 'clear'),
  'ExecutionTimeoutManager.invalidateNextExpiresAtIfMatches': ({ workflows }) =>
    isMethod(workflows.timeoutManager, 'invalidateNextExpiresAtIfMatches'),
  getExecutionLockKey: () => typeof getExecutionLockKey === 'function',
  abortExecution: () => typeof abortExecution === 'function',
  'LockManager.tryAcquire': ({ app }) => isMethod(app.lockManager, 'tryAcquire'),
  'SnowflakeIdGenerator.generate': ({ app }) => isMethod(app.snowflakeIdGenerator, 'generate'),
  'table executions': ({ app }) =>
    hasFields(app, 'executions', [
      'id',
      'workflowId',
      'key',
      'eventKey',
      'context',
      'status',
      'dispatched',
      'startedAt',
      'expiresAt',
      'createdAt',
      'updatedAt',
    ]),
  'table jobs': ({ app }) => hasFields(app, 'jobs', ['id', 'executionId', 'nodeId', 'status', 'result']),
  'table workflowStats': ({ app }) => hasFields(app, 'workflowStats', ['key', 'executed']),
  'table workflowVersionStats': ({ app }) => hasFields(app, 'workflowVersionStats', ['id', 'executed']),
} satisfies Record<string, Check>;

export type EnginePart = keyof typeof ENGINE_PARTS;

/** The parts that this NocoBase doesn't have, by name. */
export function missingParts(host: EngineHost): EnginePart[] {
  const checks = Object.entries(ENGINE_PARTS) as [EnginePart, Check][];
  return checks.filter(([, isThere]) => !isThere(host)).map(([name]) => name);
}

function isMethod(holder: unknown, name: string): boolean {
  return typeof (holder as Record<string, unknown> | null | undefined)?.[name] === 'function';
}

function hasFields({ db }: Application, collection: string, fields: readonly string[]): boolean {
  const attributes = db.getCollection(collection)?.model.rawAttributes;
  return attributes !== undefined && fields.every((field) => field in attributes);
}
