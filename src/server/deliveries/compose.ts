import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import { v7 } from 'uuid';
import type { RouteTable } from '../endpoints/RouteTable';
import { HEARTBEAT_MS, Instances } from './cluster/Instances';
import { Orphans } from './cluster/Orphans';
import { Ownership } from './cluster/Ownership';
import { pidNamespace } from './cluster/processes';
import { QueueLeases } from './cluster/QueueLeases';
import { Recovery } from './cluster/Recovery';
import { Retention } from './cluster/Retention';
import { RunDrain } from './cluster/RunDrain';
import { Repeater } from './concurrency/Repeater';
import type { Service } from './concurrency/Service';
import { chooseBackend } from './execution/chooseBackend';
import { Completer } from './execution/Completer';
import { AuditLog } from './intake/AuditLog';
import { Inbox } from './intake/Inbox';
import { Intake } from './intake/Intake';
import { Withdrawals } from './intake/Withdrawals';
import { QueueSet } from './queue/QueueSet';
import { HeldRuns } from './queue/resuming/HeldRuns';
import { Resumptions } from './queue/resuming/Resumptions';
import { RunDispatcher } from './queue/RunDispatcher';
import { Scheduler } from './queue/Scheduler';
import { Throttle } from './queue/Throttle';
import { Unclaimer } from './queue/Unclaimer';
import { DeliveryStore } from './store/DeliveryStore';
import { ErasureStore } from './store/ErasureStore';
import { ExecutionStore } from './store/ExecutionStore';
import { InstanceStore } from './store/InstanceStore';
import { OrphanStore } from './store/OrphanStore';
import { QueueLeaseStore } from './store/QueueLeaseStore';
import { RecoveryStore } from './store/RecoveryStore';
import { ResumptionStore } from './store/ResumptionStore';
import { TransitionStore } from './store/TransitionStore';
import { WriteLock } from './store/WriteLock';

/** Runs at once, beside NocoBase's other work: more than a few gain nothing where all wait for one database. */
const MAX_RUNS = 16;
const MAX_SYNC_RUNS = 64;

/** SQLite takes one writer at a time: more runs only make one another wait, and then fail. */
const MAX_RUNS_SQLITE = 4;

/** How often this instance looks for what others told it, and for what dead ones left, in milliseconds. */
const POLL_MS = 1_000;
const SWEEP_MS = 10_000;

/** How often it looks for what was claimed and doesn't come to run, in milliseconds. */
const LATE_MS = 250;

/** The parts, put together for one app. The only file that knows them all. */
export function compose(app: Application, workflows: PluginWorkflowServer, routes: RouteTable) {
  const { db, logger: log } = app;
  const isSqlite = db.sequelize.getDialect() === 'sqlite';
  const self = { id: v7(), pidNamespace: pidNamespace(), pid: process.pid };
  const endpointOf = (key: string) => routes.findKey(key);

  const lock = new WriteLock(db);
  const store = new DeliveryStore(db, lock);
  const transitions = new TransitionStore(db, lock);
  const executions = new ExecutionStore(db);
  const erasure = new ErasureStore(db, lock);
  const instanceStore = new InstanceStore(db);
  const leaseStore = new QueueLeaseStore(db);
  const recoveryStore = new RecoveryStore(db);
  const resumptionStore = new ResumptionStore(db, lock);

  const completer = new Completer({ transitions, store, log });
  const { engine, claimer, runner, watchers, writers } = chooseBackend({
    app,
    workflows,
    lock,
    transitions,
    executions,
    resumptions: resumptionStore,
    completer,
    owner: self.id,
    wake: (key) => scheduler.wake(key),
    onWoken: (run, by) => resumptions.wake(run, by),
    onEnd: (id) => dispatcher.ended(id),
    onStalled: (id, isStalled) => dispatcher.setStalled(id, isStalled),
  });
  const serving = () => engine.serving;

  const note = (id: string, reason: string) => transitions.note(id, reason);
  const queues = new QueueSet();
  const throttle = new Throttle(isSqlite ? () => inbox.depth : undefined);
  const held = new HeldRuns();
  const dispatcher: RunDispatcher = new RunDispatcher({
    queues,
    runner,
    held,
    log,
    note,
    onInterruption: (id) => recoveryStore.onInterruption(id),
    endpointOf,
    maxRuns: isSqlite ? MAX_RUNS_SQLITE : MAX_RUNS,
    maxSyncRuns: isSqlite ? MAX_RUNS_SQLITE : MAX_SYNC_RUNS,
    throttle,
    onEnd: () => scheduler.dispatch(),
  });
  const shared = () => instances.isShared;
  const resumptions: Resumptions = new Resumptions({
    store: resumptionStore,
    held,
    queues,
    dispatcher,
    engine,
    endpointOf,
    shared,
    onNoted: (key) => leases.offerResumed(key),
  });
  const unclaimer = new Unclaimer({
    queues,
    claimer,
    endpointOf,
    onPutBack: (queue) => {
      dispatcher.putBack(queue);
      scheduler.wake(queue.key);
    },
  });
  const scheduler: Scheduler = new Scheduler({
    store,
    queues,
    claimer,
    dispatcher,
    resumptions,
    unclaimer,
    log,
    note,
    endpointOf,
    shared,
  });

  const instances = new Instances({
    store: instanceStore,
    leases: leaseStore,
    recovery: recoveryStore,
    log,
    self,
    alone: isSqlite,
    isRunning: () => dispatcher.isRunning,
  });
  const leases: QueueLeases = new QueueLeases({
    store: leaseStore,
    queues,
    scheduler,
    instanceId: self.id,
    serving,
    knows: (key) => endpointOf(key) !== undefined,
  });
  const recovery: Recovery = new Recovery({
    instances,
    leases,
    scheduler,
    runner,
    store: recoveryStore,
    instanceStore,
    leaseStore,
    transitions,
    executions,
    log,
    owner: self.id,
    serving,
    endpoints: () => routes.endpoints(),
  });

  const orphans = new Orphans({
    db,
    store: new OrphanStore(db),
    deliveries: store,
    transitions,
    engine,
    completer,
    log,
  });

  const inbox: Inbox = new Inbox({
    store,
    executions,
    lock,
    onStored: (stored) => {
      throttle.note(stored.length);
      leases.offer(stored);
    },
  });
  const isPaused = (key: string) => leases.isPaused(key);
  const withdrawals = new Withdrawals({
    lock,
    transitions,
    executions,
    recovery: recoveryStore,
    owner: self.id,
    isUndecided: (id) => inbox.holds(id),
    log,
  });
  const onRefused = (id: string) => withdrawals.add(id);
  const intake = new Intake({ inbox, store, claimer, owner: self.id, isPaused, onRefused });
  const holders = [runner, dispatcher, unclaimer, scheduler, completer, recovery, inbox, withdrawals];
  const ownership = new Ownership({
    store: recoveryStore,
    owner: self.id,
    isInHand: (id) => holders.some((holder) => holder.holds(id)),
    takeUp: (delivery) => recovery.takeUp(delivery),
    log,
  });
  const auditLog = new AuditLog(store, log);

  const every = (milliseconds: number, work: () => Promise<void>) =>
    new Repeater(milliseconds, work, (error) => log.warn('webhook deliveries: a recurring check failed', { error }));
  /** In the order in which they start; they stop the other way round. */
  const services: Service[] = [
    instances,
    // Until the last run is out of hand.
    every(HEARTBEAT_MS, () => instances.heartbeat()),
    auditLog,
    ...watchers,
    completer,
    orphans,
    new RunDrain(recoveryStore, self.id),
    scheduler,
    ...writers,
    new Retention(app, recoveryStore, log),
    every(HEARTBEAT_MS, () => leases.releaseIdle()),
    every(POLL_MS, () => leases.poll()),
    every(POLL_MS, () => resumptions.recheck()),
    every(POLL_MS, () => resumptions.stopCancelled()),
    every(LATE_MS, () => Promise.resolve(scheduler.putBackLate())),
    every(POLL_MS, () => withdrawals.poll()),
    every(SWEEP_MS, () => recovery.sweep()),
    every(SWEEP_MS, () => ownership.check()),
    every(SWEEP_MS, () => orphans.poll()),
    every(SWEEP_MS, () => resumptions.readLeftBehind()),
    inbox,
  ];
  return {
    services,
    store,
    erasure,
    transitions,
    engine,
    completer,
    dispatcher,
    unclaimer,
    leases,
    recovery,
    inbox,
    intake,
    auditLog,
    log,
  };
}

export type DeliveryParts = ReturnType<typeof compose>;
