import type { Database } from '@nocobase/database';
import { writeTransaction } from '../../writeTransaction';
import { Semaphore } from '../concurrency/Semaphore';
import type { Tx } from './SqlTable';

/** Lets what writes wait for one another where the database takes one writer at a time and lets the others fail. */
export class WriteLock {
  private readonly mutex: Semaphore | null;

  constructor(private readonly db: Database) {
    this.mutex = db.sequelize.getDialect() === 'sqlite' ? new Semaphore(1) : null;
  }

  /** Runs statements that stand or fall together. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.exclusively(() => this.db.sequelize.transaction(writeTransaction(this.db), work));
  }

  /** Does `work` once everything before it is written, on SQLite; at once elsewhere. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.mutex ? this.mutex.run(work) : work();
  }
}
