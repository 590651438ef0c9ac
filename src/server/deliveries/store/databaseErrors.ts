import { ConnectionError, DatabaseError, UniqueConstraintError } from 'sequelize';

/** Whether the database refused a row because of a unique index. */
export function isUniqueError(error: unknown): boolean {
  return error instanceof UniqueConstraintError;
}

/** PostgreSQL: classes 08 (connection), 53 (resources) and 57 (operator intervention), all of which hit every row. */
const AWAY = [
  /^(08|53|57)/,
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|PROTOCOL_CONNECTION_LOST)/,
  /^SQLITE_(BUSY|FULL|IOERR|LOCKED|READONLY|CANTOPEN)/,
  /^ER_(SOCKET|CMD_CONNECTION|CONNECTION|GET_CONNECTION|SERVER_SHUTDOWN|DISK_FULL|RECORD_FILE_FULL)/,
];

/** A transaction that lost against another one: PostgreSQL's class 40, and MariaDB's names for it. */
const OUTDONE = [/^40/, /^ER_LOCK_/];

/** What drivers say, without a code, of a connection that ended under a statement. */
const ENDED = /^Connection terminated|^Client has encountered a connection error|connection is closed$/i;

/**
 * Whether it is the database that is away, rather than a statement that is wrong: then trying each row by
 * itself is of no use. What is no error at all counts as such too.
 */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof ConnectionError || !(error instanceof Error)) {
    return true;
  }
  return error instanceof DatabaseError && (hasCode(error, AWAY) || ENDED.test(error.original.message));
}

/** Whether the same may well succeed later: the database is away, or another transaction was in the way. */
export function isPassing(error: unknown): boolean {
  return isConnectionError(error) || (error instanceof DatabaseError && hasCode(error, OUTDONE));
}

function hasCode({ original }: DatabaseError, codes: readonly RegExp[]): boolean {
  const code = 'code' in original ? String(original.code) : '';
  return codes.some((pattern) => pattern.test(code));
}
