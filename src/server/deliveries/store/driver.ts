import type { Socket } from 'node:net';

// What the drivers of the databases have in common only by name, and Sequelize doesn't tell: a connection as it gives it
// to its hooks.

/** A connection as one of the drivers `pg`, `mariadb` and `mysql2` has it. */
export interface Connection {
  /** By callback in `mysql2`; a promise in the others. */
  query(sql: string, done?: (error: unknown) => void): unknown;
  /** `pg`. */
  connection?: { stream: Socket };
  /** `mysql2`. */
  stream?: Socket;
  /** `mariadb`: it also asks the server, over a connection for that alone, to end what is under way. */
  destroy?(): void;
}

/** The server ends a statement that takes longer, in milliseconds; */
export const STATEMENT_MS = 5_000;

/** and a transaction in which nothing comes for so many seconds. */
const IDLE_S = 5;

/** How the server is told to end a statement, by the dialect's name. */
const LIMIT: Partial<Record<string, (milliseconds: number) => string>> = {
  postgres: (milliseconds) => `SET statement_timeout TO ${milliseconds}`,
  mariadb: (milliseconds) => `SET SESSION max_statement_time = ${milliseconds / 1_000}`,
  // Of SELECT only.
  mysql: (milliseconds) => `SET SESSION max_execution_time = ${milliseconds}`,
};

/** How it is told the latter: nobody waits for the locks of one that is gone without a word. MySQL can't be told. */
const SESSION: Partial<Record<string, string>> = {
  postgres: `SET idle_in_transaction_session_timeout TO ${IDLE_S * 1_000}`,
  mariadb: `SET SESSION idle_transaction_timeout = ${IDLE_S}`,
  mysql: `SET SESSION innodb_lock_wait_timeout = ${IDLE_S}`,
};

/** Prepares a new connection. What a server doesn't know of this is left out: the look at the time remains. */
export async function prepareSession(connection: Connection, dialect: string): Promise<void> {
  await limitStatements(connection, dialect, STATEMENT_MS);
  await ask(connection, dialect, SESSION[dialect]).catch(() => undefined);
}

/** Has the server end statements of this connection that take longer. Never rejects. */
export async function limitStatements(connection: Connection, dialect: string, milliseconds: number): Promise<void> {
  await ask(connection, dialect, LIMIT[dialect]?.(milliseconds)).catch(() => undefined);
}

/** Ends a connection without a word to the server, which may hear nothing. */
export function hangUp(connection: Connection): void {
  const socket = connection.connection?.stream ?? connection.stream;
  if (socket) {
    socket.destroy();
  } else {
    connection.destroy?.();
  }
}

async function ask(connection: Connection, dialect: string, sql: string | undefined): Promise<void> {
  if (sql === undefined) {
    return;
  }
  if (dialect === 'mysql') {
    await new Promise<void>((resolve, reject) => {
      connection.query(sql, (error) => (error ? reject(error as Error) : resolve()));
    });
  } else {
    await connection.query(sql);
  }
}
