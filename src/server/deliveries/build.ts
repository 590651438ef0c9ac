import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import { v7 } from 'uuid';
import type { RouteTable } from '../endpoints/RouteTable';
import { chooseStrategy } from './chooseStrategy';
import { DeliveryStore } from './DeliveryStore';
import { EventLog } from './EventLog';
import { Finisher } from './Finisher';
import { Gate } from './Gate';
import { Inbox, type Incoming } from './Inbox';
import { LaneKeeper } from './LaneKeeper';
import { NodeStore } from './NodeStore';
import { Pacer } from './Pacer';
import { currentPlace } from './place';
import { Recovery } from './Recovery';
import { RecoveryStore } from './RecoveryStore';
import { Retention } from './Retention';
import { Scheduler } from './Scheduler';
import { TriggerStore } from './trigger/TriggerStore';
import { Writer } from './Writer';

/** Runs at once, beside NocoBase's other work: more than a few gain nothing where all wait for one database. */
const MAX_RUNS = 16;
const MAX_WAITED_RUNS = 64;

/** SQLite takes one writer at a time: more runs only make one another wait, and then fail. */
const MAX_RUNS_SQLITE = 4;

/** The parts, put together for one app. The only place that knows them all. */
export function buildParts(app: Application, workflows: PluginWorkflowServer, routes: RouteTable) {
  const { db, logger: log } = app;
  const isSqlite = db.sequelize.getDialect() === 'sqlite';
  const nodeId = v7();
  const writer = new Writer(db);
  const store = new DeliveryStore(db, writer);
  const nodes = new NodeStore(db);
  const recoveryStore = new RecoveryStore(db);
  const triggered = new TriggerStore(db);
  const finisher = new Finisher(store, log);
  const { engine, starter, runner, followers } = chooseStrategy({
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
  const pacer = new Pacer(isSqlite ? () => inbox.depth : undefined);
  const scheduler: Scheduler = new Scheduler({
    store,
    starter,
    runner,
    log,
    endpointOf,
    shared: () => recovery.isShared,
    maxRuns: isSqlite ? MAX_RUNS_SQLITE : MAX_RUNS,
    pacer,
    syncGate: new Gate(isSqlite ? MAX_RUNS_SQLITE : MAX_WAITED_RUNS),
  });
  const wake = (key: string) => {
    scheduler.wake(key);
    scheduler.pump();
  };
  const keeper = new LaneKeeper(nodes, scheduler, nodeId, serving);
  const recovery: Recovery = new Recovery({
    nodes,
    deliveries: recoveryStore,
    triggered,
    keeper,
    scheduler,
    runner,
    log,
    self: { id: nodeId, place: currentPlace(), pid: process.pid },
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
    events: new EventLog(store, log),
    followers,
    retention: new Retention(app, recoveryStore, log),
    log,
  };
}

export type DeliveryParts = ReturnType<typeof buildParts>;

function offerAll(stored: readonly Incoming[], scheduler: Scheduler, keeper: LaneKeeper): void {
  for (const { row, context } of stored) {
    if (row.status === 'received' && row.context !== null) {
      scheduler.offer(row.key, { id: row.id, text: row.context, context });
      keeper.notify(row.key);
    }
  }
  scheduler.pump();
}
