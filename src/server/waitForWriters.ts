import type { Database } from '@nocobase/database';
import { Transaction } from 'sequelize';

/**
 * SQLite itself waits so long for another writer, in milliseconds: it does so in one of the four threads that all of
 * the process's file work shares, and the one who has to finish first needs one too.
 */
const BUSY_TIMEOUT = 50;

/** Between two tries, in milliseconds, and how many there are: about twenty seconds. */
const RETRY = { backoffBase: 20, backoffJitter: 15, backoffExponent: 1, max: 300 };

/** What of Sequelize is set here; its types make it readable only, or leave it out. */
interface Waiting {
  options: { transactionType?: string; retry?: object };
  connectionManager: {
    getConnection(options?: object): Promise<{ configure(name: 'busyTimeout', value: number): void }>;
  };
}

/**
 * Makes everything that writes to the app's SQLite database wait for whoever writes, NocoBase's own transactions
 * included. They begin as readers, and one that comes to write after somebody else did fails at once, however long it
 * would wait: no workflow could be saved while calls come in. Begun as writers they wait at their beginning, with
 * nothing read yet. It lasts as long as the database object: NocoBase makes a new one when a plugin is disabled.
 */
export function waitForWriters({ sequelize }: Pick<Database, 'sequelize'>): void {
  if (sequelize.getDialect() !== 'sqlite') {
    return;
  }
  const { options, connectionManager } = sequelize as unknown as Waiting;
  options.transactionType = Transaction.TYPES.IMMEDIATE;
  options.retry = { ...RETRY, match: [/SQLITE_BUSY/] };
  const getConnection = connectionManager.getConnection.bind(connectionManager);
  connectionManager.getConnection = async (asked) => {
    const connection = await getConnection(asked);
    connection.configure('busyTimeout', BUSY_TIMEOUT);
    return connection;
  };
}
