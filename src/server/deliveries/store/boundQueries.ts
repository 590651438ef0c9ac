import { DatabaseError, type QueryOptions, type Sequelize, type Transaction } from 'sequelize';
import { limitStatements, STATEMENT_MS, type Connection } from './driver';

/** So long after the server should have ended a statement its connection counts as silent, in milliseconds. */
const GRACE_MS = 1_000;

/** What has come in while the process stood still is read within so many milliseconds. */
const READ_MS = 100;

/** From how many characters of parameters on a statement has more time: a millisecond for each thousand, but no more than */
const LARGE = 4 << 20;
const MAX_MORE_MS = 10_000;

/** One statement as Sequelize is about to run it. */
interface Query {
  connection: Connection;
  run(sql: string, parameters?: readonly unknown[]): Promise<unknown>;
}

/**
 * Bounds what each statement takes. A connection of which nothing is heard after that has fallen silent: it is given up,
 * and the statement fails with `ETIMEDOUT`. What became of it can't be told.
 * @param giveUp takes a connection out of the pool
 */
export function boundQueries(sequelize: Sequelize, giveUp: (connection: Connection) => void): void {
  const dialect = sequelize.getDialect();
  const silent = new WeakSet<Connection>();

  const answer = (query: Query, run: Query['run'], sql: string, parameters: readonly unknown[] | undefined) => {
    const { connection } = query;
    if (silent.has(connection)) {
      throw noAnswer(sql, 'its connection has fallen silent');
    }
    const more = moreTimeFor(parameters);
    const work = more > 0 ? withMoreTime(connection, dialect, more, () => run(sql, parameters)) : run(sql, parameters);
    const milliseconds = STATEMENT_MS + more + GRACE_MS;
    return orSilence(work, milliseconds, () => {
      silent.add(connection);
      giveUp(connection);
      return noAnswer(sql, `no answer within ${milliseconds} ms`);
    });
  };

  sequelize.addHook('beforeQuery', (options: QueryOptions, given: unknown) => {
    const transaction = options.transaction as (Transaction & { sequelize: Sequelize }) | null | undefined;
    if (transaction && transaction.sequelize !== sequelize) {
      throw new Error('a transaction of one pool is used on another');
    }
    const query = given as Query;
    const run = query.run.bind(query);
    query.run = async (sql, parameters) => answer(query, run, sql, parameters);
  });
}

/** What a statement comes to; rejects with `giveUp()` where that takes too long. */
function orSilence<T>(work: Promise<T>, milliseconds: number, giveUp: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer = setTimeout(() => {
      timer = setTimeout(() => reject(giveUp()), READ_MS);
    }, milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

async function withMoreTime<T>(
  connection: Connection,
  dialect: string,
  more: number,
  work: () => Promise<T>,
): Promise<T> {
  await limitStatements(connection, dialect, STATEMENT_MS + more);
  try {
    return await work();
  } finally {
    await limitStatements(connection, dialect, STATEMENT_MS);
  }
}

/** Milliseconds that a statement has beyond the usual. */
function moreTimeFor(parameters: readonly unknown[] = []): number {
  let characters = 0;
  for (const value of parameters) {
    characters += typeof value === 'string' ? value.length : 0;
  }
  return Math.min(Math.max(0, Math.ceil((characters - LARGE) / 1_000)), MAX_MORE_MS);
}

function noAnswer(sql: string, message: string): DatabaseError {
  return new DatabaseError(Object.assign(new Error(message), { code: 'ETIMEDOUT', sql }));
}
