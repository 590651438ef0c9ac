import type { Database } from '@nocobase/database';
import { writeTransaction } from '../../writeTransaction';
import type { Tx } from './SqlTable';

/** Lets what writes wait for one another where the database takes one writer at a time and lets the others fail. */
export class WriteLock {
  private turn: Promise<void> = Promise.resolve();
  private readonly oneAtATime: boolean;

  constructor(private readonly db: Database) {
    this.oneAtATime = db.sequelize.getDialect() === 'sqlite';
  }

  /** Runs statements that stand or fall together. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.exclusively(() => this.db.sequelize.transaction(writeTransaction(this.db), work));
  }

  /** Does `work` once everything before it is written, on SQLite; at once elsewhere. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (!this.oneAtATime) {
      return work();
    }
    const done = this.turn.then(work);
    this.turn = done.then(noop, noop);
    return done;
  }
}

function noop(): void {}
