import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import { v7 } from 'uuid';
import type { RouteTable } from '../endpoints/RouteTable';
import { HEARTBEAT_MS, Instances, LOOK_MS } from './cluster/Instances';
import { Orphans } from './cluster/Orphans';
import { Ownership } from './cluster/Ownership';
import { pidNamespace } from './cluster/processes';
import { QueueLeases } from './cluster/QueueLeases';
import { Recovery } from './cluster/Recovery';
import { Restored } from './cluster/Restored';
import { Retention } from './cluster/Retention';
import { RunDrain } from './cluster/RunDrain';
import { composeStores } from './composeStores';
import { Repeater } from './concurrency/Repeater';
import type { Service } from './concurrency/Service';
import { chooseBackend } from './execution/chooseBackend';
import { Completer } from './execution/Completer';
import { settleAborted } from './execution/settleAborted';
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
import { hostPoolSize, type Connections } from './store/Connections';

/**
 * Runs at once: nodes that ask the database take a connection of NocoBase's pool each, and one is left for all else of the
 * app. More than a few gain nothing where all wait for one database.
 */
const MAX_RUNS = 16;
const MAX_SYNC_RUNS = 64;

/** SQLite takes one writer at a time: more runs only make one another wait, and then fail. */
const MAX_RUNS_SQLITE = 4;

/** How often this instance looks for what others told it, and for what dead ones left, in milliseconds. */
const POLL_MS = 1_000;
const SWEEP_MS = 10_000;

/** A backup that is restored within so many milliseconds is taken for what a crash left behind. */
const EPOCH_MS = 10_000;

/** How often it looks for what was claimed and doesn't come to run, in milliseconds. */
const LATE_MS = 250;

/**
 * The parts, put together for one app, under an identity of their own. The only file that knows them all.
 * @param onLost another instance has taken over what these had
 * @param onEnded the runs of these deliveries have ended, or are to be tried again
 */
export function compose(
  app: Application,
  workflows: PluginWorkflowServer,
  routes: RouteTable,
  connections: Connections,
  onLost: () => void,
  onEnded: (ids: readonly string[]) => void,
) {
  const { db, logger: log } = app;
  const isSqlite = db.sequelize.getDialect() === 'sqlite';
  const self = { id: v7(), pidNamespace: pidNamespace(), pid: process.pid };
  const endpointOf = (key: string) => routes.findKey(key);

  const stores = composeStores(db, connections, self.id);
  const { lock, store, transitions, executions, slow } = stores;

  const instances: Instances = new Instances({
    store: stores.instances,
    leases: stores.queueLeases,
    recovery: stores.recovery,
    log,
    self,
    alone: isSqlite,
    isRunning: () => dispatcher.isRunning,
    onLost,
  });
  const { lease } = instances;
  const completer = new Completer({
    transitions,
    store,
    owner: self.id,
    log,
    onRetry: (key) => leases.offerAgain(key),
    onWritten: onEnded,
  });
  const { engine, claimer, runner, ended, watchers, writers } = chooseBackend({
    app,
    workflows,
    transitions,
    executions,
    resumptions: stores.resumptions,
    runs: stores.runs,
    lock,
    completer,
    owner: self.id,
    lease,
    wake: (key) => scheduler.wake(key),
    onWoken: (run, by) => resumptions.wake(run, by),
    onEnd: (id) => dispatcher.ended(id),
    onStalled: (id, isStalled) => dispatcher.setStalled(id, isStalled),
  });
  const serving = () => engine.serving;

  const note = (id: string, reason: string) => transitions.note(id, reason, self.id);
  const queues = new QueueSet();
  const throttle = new Throttle(isSqlite ? () => inbox.depth : undefined);
  const held = new HeldRuns();
  const dispatcher: RunDispatcher = new RunDispatcher({
    queues,
    runner,
    held,
    lease,
    log,
    note,
    onInterruption: (id) => stores.recovery.onInterruption(id),
    endpointOf,
    maxRuns: isSqlite ? MAX_RUNS_SQLITE : Math.max(1, Math.min(MAX_RUNS, hostPoolSize(db) - 1)),
    maxSyncRuns: isSqlite ? MAX_RUNS_SQLITE : MAX_SYNC_RUNS,
    written: (id) => completer.written(id),
    throttle,
    onEnd: () => scheduler.dispatch(),
  });
  const shared = () => instances.isShared;
  const resumptions: Resumptions = new Resumptions({
    store: stores.resumptions,
    held,
    queues,
    dispatcher,
    engine,
    lease,
    endpointOf,
    shared,
    settle: (id, executionId) => settleAborted(id, executionId, { engine, completer, ended }),
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
    lease,
    log,
    note,
    isInHand: (id) => runner.holds(id) || dispatcher.holds(id),
    endpointOf,
    shared,
  });

  const leases: QueueLeases = new QueueLeases({
    store: stores.queueLeases,
    queues,
    scheduler,
    instanceId: self.id,
    serving,
    knows: (key) => endpointOf(key) !== undefined,
  });
  const recovery: Recovery = new Recovery({
    lock: slow.lock,
    instances,
    leases,
    scheduler,
    runner,
    store: slow.recovery,
    instanceStore: slow.instances,
    leaseStore: slow.queueLeases,
    transitions: slow.transitions,
    executions: slow.executions,
    log,
    owner: self.id,
    serving,
    endpoints: () => routes.endpoints(),
  });

  const orphans = new Orphans({
    db,
    store: slow.orphans,
    deliveries: slow.store,
    transitions: slow.transitions,
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
    onRefused: (id) => withdrawals.add(id),
    withdraw: (ids) => withdrawals.withdrawUnstarted(ids),
  });
  const isPaused = (key: string) => leases.isPaused(key);
  const withdrawals: Withdrawals = new Withdrawals({
    lock,
    transitions,
    executions,
    recovery: stores.recovery,
    owner: self.id,
    isUndecided: (id) => inbox.holds(id),
    log,
  });
  const intake = new Intake({ inbox, store, claimer, owner: self.id, lease, isPaused });
  const holders = [runner, dispatcher, unclaimer, scheduler, completer, recovery, inbox, withdrawals];
  const ownership = new Ownership({
    store: stores.recovery,
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
    new Restored({ epochs: slow.epochs, transitions: slow.transitions, log }),
    every(EPOCH_MS, () => slow.epochs.renew()),
    instances,
    // Until the last run is out of hand.
    every(HEARTBEAT_MS, () => instances.heartbeat()),
    every(LOOK_MS, () => instances.look()),
    auditLog,
    ...watchers,
    completer,
    orphans,
    new RunDrain(stores.recovery, self.id),
    scheduler,
    ...writers,
    new Retention(app, slow.recovery, log),
    every(HEARTBEAT_MS, () => leases.releaseIdle()),
    every(POLL_MS, () => leases.poll()),
    every(POLL_MS, () => leases.pollAttempts()),
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
    erasure: slow.erasure,
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
