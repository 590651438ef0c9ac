import type { Database } from '@nocobase/database';
import type { Connections } from './store/Connections';
import { DeliveryStore } from './store/DeliveryStore';
import { EpochStore } from './store/EpochStore';
import { ErasureStore } from './store/ErasureStore';
import { ExecutionStore } from './store/ExecutionStore';
import { InstanceStore } from './store/InstanceStore';
import { OrphanStore } from './store/OrphanStore';
import { QueueLeaseStore } from './store/QueueLeaseStore';
import { RecoveryStore } from './store/RecoveryStore';
import { ResumptionStore } from './store/ResumptionStore';
import { RunStore } from './store/RunStore';
import { TransitionStore } from './store/TransitionStore';
import { WriteLock } from './store/WriteLock';

/**
 * The stores, each on the connections that fit it: what arrives, starts and ends on our own, with short statements alone;
 * leases on others, which nothing else keeps busy; and in `slow` what is rare and may take long, on NocoBase's pool. No
 * transaction spans two of these.
 * @param owner this instance
 */
export function composeStores(db: Database, { deliveries: own, leases }: Connections, owner: string) {
  const lock = new WriteLock(own);
  // On SQLite they are one, and all that writes waits for one another.
  const slowLock = own === db ? lock : new WriteLock(db);
  return {
    lock,
    store: new DeliveryStore(own, lock),
    transitions: new TransitionStore(own, lock),
    executions: new ExecutionStore(own, owner),
    runs: new RunStore(own, lock, owner),
    recovery: new RecoveryStore(own),
    resumptions: new ResumptionStore(own, lock, { db, lock: slowLock }),
    instances: new InstanceStore(leases),
    queueLeases: new QueueLeaseStore(leases),
    slow: {
      lock: slowLock,
      store: new DeliveryStore(db, slowLock),
      transitions: new TransitionStore(db, slowLock),
      executions: new ExecutionStore(db, owner),
      erasure: new ErasureStore(db, slowLock),
      recovery: new RecoveryStore(db),
      orphans: new OrphanStore(db),
      epochs: new EpochStore(db, slowLock),
      instances: new InstanceStore(db),
      queueLeases: new QueueLeaseStore(db),
    },
  };
}
