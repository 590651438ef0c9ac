import { ConnectionTimedOutError, type Config, type Options, type Sequelize } from 'sequelize';
import { within } from '../concurrency/within';
import { boundQueries } from './boundQueries';
import { hangUp, prepareSession, type Connection } from './driver';

/** Milliseconds in which a connection has to be there, and in which one has to be free. */
const CONNECT_MS = 6_000;
const ACQUIRE_MS = 10_000;

/** So long an idle one is kept; and so long a driver waits by itself, where nothing else looks, as while it connects. */
const IDLE_MS = 5_000;
const DRIVER_MS = 20_000;

/** How long it is waited for the end of all, and of one. */
const CLOSE_MS = 10_000;
const GOODBYE_MS = 1_000;

/** What the drivers call these. */
const DRIVER: Partial<Record<string, object>> = {
  postgres: { connectionTimeoutMillis: CONNECT_MS, query_timeout: DRIVER_MS, keepAlive: true },
  mariadb: { connectTimeout: CONNECT_MS, socketTimeout: DRIVER_MS },
  mysql: { connectTimeout: CONNECT_MS },
};

/** What Sequelize's types keep to themselves. */
interface Inner {
  options: Options;
  runHooks(name: string, ...values: unknown[]): Promise<void>;
  connectionManager: {
    _connect(config: unknown): Promise<Connection>;
    disconnect(connection: Connection): Promise<void>;
    close(): Promise<void>;
    pool: { destroy(connection: Connection): Promise<void> };
  };
}

/**
 * A pool of its own with another one's settings: where the database is, how it is reached, and what is done to each new
 * connection. No statement on it takes long, and no connection stays that has fallen silent.
 */
export function ownSequelize(host: Sequelize, max: number): Sequelize {
  const { options } = inner(host);
  const dialect = host.getDialect();
  const Constructor = host.constructor as new (options: Options) => Sequelize;
  const sequelize = new Constructor({
    ...options,
    // What was written here has to be read here, whatever a replica knows.
    ...(options.replication ? options.replication.write : {}),
    replication: undefined,
    pool: { ...options.pool, max, min: 0, idle: IDLE_MS, acquire: ACQUIRE_MS, evict: 1_000 },
    hooks: {},
    dialectOptions: { ...options.dialectOptions, ...DRIVER[dialect] },
  } as Options);
  sequelize.addHook('beforeConnect', (config: Config) => inner(host).runHooks('beforeConnect', config));
  sequelize.addHook('afterConnect', async (connection: unknown, config: Config) => {
    await inner(host).runHooks('afterConnect', connection, config);
    await prepareSession(connection as Connection, dialect);
  });
  boundConnecting(sequelize);
  boundQueries(sequelize, (connection) => giveUp(sequelize, connection));
  return sequelize;
}

/** Closes a pool; resolves also where the database says nothing. */
export async function closeQuickly(sequelize: Sequelize): Promise<void> {
  const closed = inner(sequelize).connectionManager.close();
  await within(CLOSE_MS, closed, () => new Error('not closed in time')).catch(() => undefined);
}

function boundConnecting(sequelize: Sequelize): void {
  const manager = inner(sequelize).connectionManager;
  const connect = manager._connect.bind(manager);
  const disconnect = manager.disconnect.bind(manager);
  manager._connect = (config) => {
    let isLate = false;
    const connected = connect(config);
    void connected.then((connection) => isLate && hangUp(connection)).catch(() => undefined);
    return within(CONNECT_MS, connected, () => {
      isLate = true;
      return new ConnectionTimedOutError(new Error(`no connection within ${CONNECT_MS} ms`));
    });
  };
  manager.disconnect = (connection) =>
    within(GOODBYE_MS, disconnect(connection), () => new Error('no goodbye')).catch(() => hangUp(connection));
}

/** Nobody gets this connection any more, and the pool makes another one in its place. */
function giveUp(sequelize: Sequelize, connection: Connection): void {
  hangUp(connection);
  void inner(sequelize)
    .connectionManager.pool.destroy(connection)
    .catch(() => undefined);
}

function inner(sequelize: Sequelize): Inner {
  return sequelize as unknown as Inner;
}
