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
import { pidNamespace } from './cluster/processIdentity';
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
  const instanceId = v7();
  const writer = new WriteLock(db);
  const store = new DeliveryStore(db, writer);
  const instances = new InstanceStore(db);
  const recoveryStore = new RecoveryStore(db);
  const triggered = new TriggerStore(db);
  const completer = new Completer(store, log);
  const { engine, claimer, runner, services } = chooseBackend({
    app,
    workflows,
    store,
    writer,
    recoveryStore,
    triggered,
    completer,
    instanceId,
    wake: (key) => wake(key),
  });
  const serving = () => engine.serving;
  const endpointOf = (key: string) => routes.findKey(key);
  const throttle = new Throttle(isSqlite ? () => inbox.depth : undefined);
  const scheduler: Scheduler = new Scheduler({
    store,
    claimer,
    runner,
    log,
    endpointOf,
    shared: () => recovery.isShared,
    maxRuns: isSqlite ? MAX_RUNS_SQLITE : MAX_RUNS,
    throttle,
    syncSlots: new Semaphore(isSqlite ? MAX_RUNS_SQLITE : MAX_WAITED_RUNS),
  });
  const wake = (key: string) => {
    scheduler.wake(key);
    scheduler.pump();
  };
  const leases = new QueueLeases(instances, scheduler, instanceId, serving);
  const recovery: Recovery = new Recovery({
    instances,
    deliveries: recoveryStore,
    triggered,
    leases,
    scheduler,
    runner,
    log,
    self: { id: instanceId, pidNamespace: pidNamespace(), pid: process.pid },
    alone: isSqlite,
    serving,
    endpoints: () => routes.endpoints(),
    endpointOf,
  });
  const inbox: Inbox = new Inbox(store, (stored) => {
    throttle.note(stored.length);
    offerAll(stored, scheduler, leases);
  });
  return {
    instanceId,
    store,
    instances,
    engine,
    completer,
    claimer,
    scheduler,
    leases,
    recovery,
    inbox,
    auditLog: new AuditLog(store, log),
    services,
    retention: new Retention(app, recoveryStore, log),
    log,
  };
}

export type DeliveryParts = ReturnType<typeof compose>;

function offerAll(stored: readonly Incoming[], scheduler: Scheduler, leases: QueueLeases): void {
  for (const { row, context } of stored) {
    if (row.status === 'received' && row.context !== null) {
      scheduler.offer(row.key, { id: row.id, text: row.context, context });
      leases.notify(row.key);
    }
  }
  scheduler.pump();
}
