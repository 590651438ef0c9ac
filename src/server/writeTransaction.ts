import type { Database } from '@nocobase/database';
import { Transaction, type TransactionOptions } from 'sequelize';

/**
 * How a transaction that writes has to begin. SQLite takes one writer at a time: asked for the write lock at the
 * start, it waits for the other one; half-way, after something was read, it fails at once with SQLITE_BUSY.
 */
export function writeTransaction(db: Database): TransactionOptions {
  return db.sequelize.getDialect() === 'sqlite'
    ? { type: Transaction.TYPES.IMMEDIATE }
    : { isolationLevel: Transaction.ISOLATION_LEVELS.READ_COMMITTED };
}
