import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import type { Lease } from '../concurrency/Lease';
import type { Service } from '../concurrency/Service';
import type { WokenBy, WokenRun } from '../model/run';
import type { ExecutionStore } from '../store/ExecutionStore';
import type { ResumptionStore } from '../store/ResumptionStore';
import type { RunStore } from '../store/RunStore';
import type { TransitionStore } from '../store/TransitionStore';
import type { WriteLock } from '../store/WriteLock';
import type { Claimer, Runner } from './backend';
import type { Completer } from './Completer';
import { DirectClaimer } from './direct/DirectClaimer';
import { DirectEngine } from './direct/DirectEngine';
import { DirectRunner } from './direct/DirectRunner';
import { missingParts } from './direct/engineParts';
import { ResumeTracker } from './direct/ResumeTracker';
import { RunClaims } from './direct/RunClaims';
import { RunSaver } from './direct/RunSaver';
import { ExecutionWatcher } from './ExecutionWatcher';
import { TriggerClaimer } from './trigger/TriggerClaimer';
import { TriggerEngine } from './trigger/TriggerEngine';
import { TriggerRunner } from './trigger/TriggerRunner';
import type { WorkflowEngine } from './WorkflowEngine';

export interface ExecutionBackend {
  engine: WorkflowEngine;
  claimer: Claimer;
  runner: Runner;
  /** A run that waited has ended: nothing more of it is in hand. */
  ended(id: string): void;
  /** What watches executions while this instance takes deliveries. */
  watchers: Service[];
  /** What writes results of runs. */
  writers: Service[];
}

export interface BackendParts {
  app: Application;
  workflows: PluginWorkflowServer;
  lock: WriteLock;
  transitions: TransitionStore;
  executions: ExecutionStore;
  resumptions: ResumptionStore;
  runs: RunStore;
  completer: Completer;
  /** This instance, */
  owner: string;
  /** and its right to act as that. */
  lease: Lease;
  /** A webhook has a received delivery again. */
  wake(key: string): void;
  /** A run that waited has what it waited for, and goes on in its turn. */
  onWoken(run: WokenRun, by: WokenBy): Promise<void>;
  /** A run ended while it waited. */
  onEnd(id: string): void;
  /** A run waits, or no longer, for the database to take what it came to. */
  onStalled(id: string, isStalled: boolean): void;
}

/** Direct where the engine has all that this leans on; else through its `trigger()`, and says so. */
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

function directBackend(parts: BackendParts): ExecutionBackend {
  const { app, workflows, runs, completer, owner, lease, onEnd, onStalled } = parts;
  const { db, logger: log } = app;
  const note = (id: string, reason: string | null) => parts.transitions.note(id, reason, owner);
  const saver = new RunSaver({ store: runs, lease, log, note, onStalled });
  const engine = new DirectEngine(app, workflows, saver, lease, (id) => parts.resumptions.jobsOf(id));
  const claims = new RunClaims({ ...parts, engine, log });
  const runner = new DirectRunner({ ...parts, engine, claims, log });
  const ended = (id: string) => {
    claims.ended(id);
    onEnd(id);
  };
  return {
    engine,
    claimer: new DirectClaimer({ ...parts, engine, log }),
    runner,
    ended,
    watchers: [
      new ExecutionWatcher(db, runner, completer, ended),
      new ResumeTracker({ ...parts, engine, runner, claims, saver, log }),
    ],
    writers: [saver],
  };
}

function triggerBackend(parts: BackendParts): ExecutionBackend {
  const { app, workflows, transitions, completer, owner, onEnd } = parts;
  const engine = new TriggerEngine(app, workflows);
  const runner = new TriggerRunner({ ...parts, db: app.db, engine });
  return {
    engine,
    claimer: new TriggerClaimer(transitions, owner),
    runner,
    ended: onEnd,
    watchers: [runner, new ExecutionWatcher(app.db, runner, completer, onEnd, (id) => runner.faultOf(id))],
    writers: [],
  };
}
