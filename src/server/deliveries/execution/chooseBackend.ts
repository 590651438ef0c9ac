import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import type { DeliveryStore } from '../store/DeliveryStore';
import type { WorkflowEngine } from './WorkflowEngine';
import { missingParts } from './direct/engineParts';
import type { Completer } from './Completer';
import { RunClaims } from './direct/RunClaims';
import { ResumeTracker } from './direct/ResumeTracker';
import { ExecutionWatcher } from './ExecutionWatcher';
import type { RecoveryStore } from '../store/RecoveryStore';
import { DirectEngine } from './direct/DirectEngine';
import { DirectRunner } from './direct/DirectRunner';
import { RunStore } from '../store/RunStore';
import { DirectClaimer } from './direct/DirectClaimer';
import type { Runner, Claimer } from './backend';
import { TriggerEngine } from './trigger/TriggerEngine';
import { TriggerRunner } from './trigger/TriggerRunner';
import { TriggerClaimer } from './trigger/TriggerClaimer';
import type { TriggerStore } from '../store/TriggerStore';
import type { WriteLock } from '../store/WriteLock';

export interface ExecutionBackend {
  engine: WorkflowEngine;
  claimer: Claimer;
  runner: Runner;
  /** What watches executions while this instance takes deliveries. */
  services: { start(): void; stop(): void }[];
}

export interface BackendParts {
  app: Application;
  workflows: PluginWorkflowServer;
  store: DeliveryStore;
  writer: WriteLock;
  recoveryStore: RecoveryStore;
  triggered: TriggerStore;
  completer: Completer;
  instanceId: string;
  /** A webhook has a received delivery again. */
  wake(key: string): void;
}

/** By hand where the engine has all that this leans on; else through its `trigger()`, and says so. */
export function chooseBackend(parts: BackendParts): ExecutionBackend {
  const missing = missingParts(parts);
  if (missing.length === 0) {
    return directBackend(parts);
  }
  parts.app.logger.warn(
    `this version of NocoBase's workflow engine lacks what webhook deliveries are started with (${missing.join(', ')}).` +
      ' They are started through its trigger() instead: none is lost or started twice, but their order and the number' +
      ' of runs at once are not kept. See whether there is a version of this plugin for this version of NocoBase.',
  );
  return triggerBackend(parts);
}

function directBackend({
  app,
  workflows,
  store,
  writer,
  recoveryStore,
  completer,
  instanceId,
}: BackendParts): ExecutionBackend {
  const { db, logger: log } = app;
  const engine = new DirectEngine(app, workflows, new RunStore(db, writer));
  const claims = new RunClaims({ engine, store: recoveryStore, owner: instanceId, log });
  const runner = new DirectRunner({ engine, completer, claims, log });
  return {
    engine,
    claimer: new DirectClaimer(store, engine, instanceId, log),
    runner,
    services: [new ExecutionWatcher(db, runner, completer), new ResumeTracker({ workflows, runner, claims, log })],
  };
}

function triggerBackend({
  app,
  workflows,
  recoveryStore,
  triggered,
  completer,
  instanceId,
  wake,
}: BackendParts): ExecutionBackend {
  const { db } = app;
  const engine = new TriggerEngine(app, workflows);
  const runner = new TriggerRunner({
    db,
    workflows,
    engine,
    store: triggered,
    completer,
    release: (id) => recoveryStore.release(id, instanceId),
    wake,
  });
  return {
    engine,
    claimer: new TriggerClaimer(triggered, instanceId),
    runner,
    services: [runner, new ExecutionWatcher(db, runner, completer)],
  };
}
