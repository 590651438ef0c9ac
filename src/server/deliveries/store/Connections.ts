import type { Database } from '@nocobase/database';
import type { Options } from 'sequelize';
import { closeQuickly, ownSequelize } from './ownSequelize';

/** How many connections there are at most for what arrives, starts and ends, and how many for who is alive. */
const MAX_FOR_DELIVERIES = 5;
const MAX_FOR_LEASES = 2;

/** How many Sequelize has where nothing says so. */
const SEQUELIZE_MAX = 5;

/**
 * Connections of our own to the app's database, beside NocoBase's pool: nodes that keep all of that busy hold up neither
 * intake nor the lease, and one connection that falls silent is given up within seconds. Statements here are short. What
 * may take long (take-overs, retention) and what NocoBase's models do stays on its pool; so does everything on SQLite,
 * which is one file with one writer.
 *
 * Each is NocoBase's own database object with another Sequelize under it. A transaction belongs to the one that it was
 * begun on.
 */
export class Connections {
  /** For storing, starting and ending deliveries. */
  readonly deliveries: Database;
  /** For saying who is alive, and who has which queue. */
  readonly leases: Database;
  private readonly own: Database['sequelize'][] = [];

  constructor(db: Database) {
    this.deliveries = this.open(db, MAX_FOR_DELIVERIES);
    this.leases = this.open(db, MAX_FOR_LEASES);
  }

  /** Resolves once they are closed, whatever the database says. */
  async close(): Promise<void> {
    await Promise.all(this.own.map((sequelize) => closeQuickly(sequelize)));
  }

  private open(db: Database, max: number): Database {
    if (db.sequelize.getDialect() === 'sqlite') {
      return db;
    }
    const sequelize = ownSequelize(db.sequelize, max);
    this.own.push(sequelize);
    return Object.create(db, { sequelize: { value: sequelize } }) as Database;
  }
}

/** How many connections NocoBase's own pool has at most (`DB_POOL_MAX`). */
export function hostPoolSize({ sequelize }: Pick<Database, 'sequelize'>): number {
  const { options } = sequelize as unknown as { options: Options };
  return options.pool?.max ?? SEQUELIZE_MAX;
}
