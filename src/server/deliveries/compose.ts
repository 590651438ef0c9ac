import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import { v7 } from 'uuid';
import type { RouteTable } from '../endpoints/RouteTable';
import { chooseBackend } from './execution/chooseBackend';
import { DeliveryStore } from './store/DeliveryStore';
import { AuditLog } from './intake/AuditLog';
import { Completer } from './execution/Completer';
import { Semaphore } from './queue/Semaphore';
import { Inbox, type Incoming } from './intake/Inbox';
import { QueueLeases } from './cluster/QueueLeases';
import { InstanceStore } from './store/InstanceStore';
import { Throttle } from './queue/Throttle';
import { processSpace } from './cluster/processIdentity';
import { Recovery } from './cluster/Recovery';
import { RecoveryStore } from './store/RecoveryStore';
import { Retention } from './cluster/Retention';
import { Scheduler } from './queue/Scheduler';
import { TriggerStore } from './store/TriggerStore';
import { WriteLock } from './store/WriteLock';

/** Runs at once, beside NocoBase's other work: more than a few gain nothing where all wait for one database. */
const MAX_RUNS = 16;
const MAX_WAITED_RUNS = 64;

/** SQLite takes one writer at a time: more runs only make one another wait, and then fail. */
const MAX_RUNS_SQLITE = 4;

/** The parts, put together for one app. The only place that knows them all. */
export function compose(app: Application, workflows: PluginWorkflowServer, routes: RouteTable) {
  const { db, logger: log } = app;
  const isSqlite = db.sequelize.getDialect() === 'sqlite';
  const nodeId = v7();
  const writer = new WriteLock(db);
  const store = new DeliveryStore(db, writer);
  const nodes = new InstanceStore(db);
  const recoveryStore = new RecoveryStore(db);
  const triggered = new TriggerStore(db);
  const finisher = new Completer(store, log);
  const { engine, starter, runner, followers } = chooseBackend({
    app,
    workflows,
    store,
    writer,
    recoveryStore,
    triggered,
    finisher,
    nodeId,
    wake: (key) => wake(key),
  });
  const serving = () => engine.serving;
  const endpointOf = (key: string) => routes.findKey(key);
  const pacer = new Throttle(isSqlite ? () => inbox.depth : undefined);
  const scheduler: Scheduler = new Scheduler({
    store,
    starter,
    runner,
    log,
    endpointOf,
    shared: () => recovery.isShared,
    maxRuns: isSqlite ? MAX_RUNS_SQLITE : MAX_RUNS,
    pacer,
    syncGate: new Semaphore(isSqlite ? MAX_RUNS_SQLITE : MAX_WAITED_RUNS),
  });
  const wake = (key: string) => {
    scheduler.wake(key);
    scheduler.pump();
  };
  const keeper = new QueueLeases(nodes, scheduler, nodeId, serving);
  const recovery: Recovery = new Recovery({
    nodes,
    deliveries: recoveryStore,
    triggered,
    keeper,
    scheduler,
    runner,
    log,
    self: { id: nodeId, place: processSpace(), pid: process.pid },
    alone: isSqlite,
    serving,
    endpoints: () => routes.endpoints(),
    endpointOf,
  });
  const inbox: Inbox = new Inbox(store, (stored) => {
    pacer.note(stored.length);
    offerAll(stored, scheduler, keeper);
  });
  return {
    nodeId,
    store,
    nodes,
    engine,
    finisher,
    starter,
    scheduler,
    keeper,
    recovery,
    inbox,
    events: new AuditLog(store, log),
    followers,
    retention: new Retention(app, recoveryStore, log),
    log,
  };
}

export type DeliveryParts = ReturnType<typeof compose>;

function offerAll(stored: readonly Incoming[], scheduler: Scheduler, keeper: QueueLeases): void {
  for (const { row, context } of stored) {
    if (row.status === 'received' && row.context !== null) {
      scheduler.offer(row.key, { id: row.id, text: row.context, context });
      keeper.notify(row.key);
    }
  }
  scheduler.pump();
}
