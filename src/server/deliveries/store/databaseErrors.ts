import {
  ConnectionError,
  ConnectionTimedOutError,
  DatabaseError,
  ForeignKeyConstraintError,
  UniqueConstraintError,
} from 'sequelize';

// The one place that tells which errors of a database pass and which are final. What it doesn't know passes: a delivery
// that is tried once too often can still be ended, one that was ended too early is gone.

/** What a driver says of an error, in the field of its name. */
interface Told {
  /** PostgreSQL: SQLSTATE; the others: a name. */
  code?: unknown;
  /** MySQL and MariaDB: SQLSTATE. */
  sqlState?: unknown;
  message: string;
}

/**
 * What is final for the very row, per database: data that its columns don't take, rules of the table that it breaks, more
 * than a row or a packet holds. By what the driver tells: `state`, the SQLSTATE; `code`, the name; `text`, the message.
 */
const FINAL: readonly { database: string; state?: RegExp; code?: RegExp; text?: RegExp }[] = [
  // Appendix A of its manual: data exceptions, integrity, program limits.
  { database: 'PostgreSQL', state: /^(22|23|54)[0-9A-Z]{3}$/ },
  {
    database: 'MySQL and MariaDB',
    state: /^(22|23)[0-9A-Z]{3}$/,
    code: new RegExp(
      '^(ER_)?(DATA_TOO_LONG|TOO_BIG_ROWSIZE|RECORD_TOO_LONG|NET_PACKET_TOO_LARGE|MAX_ALLOWED_PACKET|' +
        'WARN_ALLOWED_PACKET_OVERFLOWED|WARN_DATA_OUT_OF_RANGE|WARN_DATA_TRUNCATED|TRUNCATED_WRONG_VALUE(_FOR_FIELD)?|' +
        'BAD_NULL_ERROR|NO_DEFAULT_FOR_FIELD|INVALID_CHARACTER_STRING|CANNOT_CONVERT_STRING|INVALID_JSON_\\w+|' +
        'JSON_DOCUMENT_TOO_DEEP|CONSTRAINT_FAILED|CHECK_CONSTRAINT_VIOLATED|NO_REFERENCED_ROW(_2)?)$',
    ),
  },
  { database: 'SQLite', code: /^SQLITE_(CONSTRAINT|TOOBIG|MISMATCH)/, text: /malformed JSON/ },
];

/** What hits every row alike: the database is away, full, or being ended. */
const AWAY: readonly RegExp[] = [
  // PostgreSQL: classes 08 (connection), 53 (resources) and 57 (operator intervention), a transaction that stood still.
  /^((08|53|57)[0-9A-Z]{3}|25P03)$/,
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|PROTOCOL_CONNECTION_LOST)/,
  /^SQLITE_(BUSY|FULL|IOERR|LOCKED|READONLY|CANTOPEN)/,
  /^ER_(SOCKET|CMD_CONNECTION|CONNECTION|GET_CONNECTION|SERVER_SHUTDOWN|DISK_FULL|RECORD_FILE_FULL)/,
  // What takes too long here: MariaDB's limit on a statement, MySQL's, and what is ended with its connection.
  /^ER_(STATEMENT_TIMEOUT|QUERY_TIMEOUT|CMD_NOT_EXECUTED_DESTROYED)$/,
];

/** What drivers say, without a code, of a connection that ended under a statement. */
const ENDED =
  /^Connection terminated|^Client (has encountered a connection error|was closed)|^Query read timeout|connection is closed$/i;

/** Whether the database refused a row because of a unique index. */
export function isUniqueError(error: unknown): boolean {
  // Sequelize takes all for one that SQLite calls a constraint.
  return error instanceof UniqueConstraintError && !/^SQLITE_CONSTRAINT: (?!UNIQUE)/.test(textOf(error));
}

/**
 * Whether it is the database that is away, rather than a statement that is wrong: then trying each row by
 * itself is of no use. What is no error at all counts as such too.
 */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof ConnectionError || !(error instanceof Error)) {
    return true;
  }
  return error instanceof DatabaseError && (AWAY.some((away) => away.test(codeOf(error))) || ENDED.test(textOf(error)));
}

/** Whether a row is larger than the database is set to take. */
export function isTooLarge(error: unknown): boolean {
  return isFinal(error) && isOfDatabase(error) && /PACKET|TOOBIG|TOO_BIG|RECORD_TOO_LONG|^54/.test(codeOf(error));
}

/** Whether it can't be told what became of a statement: its answer was lost, or did not come. */
export function isInDoubt(error: unknown): boolean {
  return error instanceof DatabaseError && isConnectionError(error) && !/^SQLITE_/.test(codeOf(error));
}

/** Whether a connection fell silent, under a statement or as it was made; another one may answer. */
export function isSilence(error: unknown): boolean {
  return error instanceof ConnectionTimedOutError || (error instanceof DatabaseError && codeOf(error) === 'ETIMEDOUT');
}

/** Whether the database will never take this row, however often it is tried. A key that is taken is not among these. */
export function isFinal(error: unknown): boolean {
  if (error instanceof ForeignKeyConstraintError) {
    return true;
  }
  if (!isOfDatabase(error) || isUniqueError(error) || isConnectionError(error)) {
    return false;
  }
  const [code, state, message] = [codeOf(error), stateOf(error), textOf(error)];
  return FINAL.some(
    (final) =>
      final.state?.test(state) === true || final.code?.test(code) === true || final.text?.test(message) === true,
  );
}

/** Whether the same may well succeed later: an error of the database that isn't final for this very row. */
export function isPassing(error: unknown): boolean {
  return isConnectionError(error) || (isOfDatabase(error) && !isFinal(error));
}

function isOfDatabase(error: unknown): error is DatabaseError | UniqueConstraintError {
  return error instanceof DatabaseError || error instanceof UniqueConstraintError;
}

/** What the driver threw. */
function toldBy(error: DatabaseError | UniqueConstraintError): Partial<Told> {
  return (error as { original?: Told; parent?: Told }).original ?? error.parent ?? {};
}

function codeOf(error: DatabaseError | UniqueConstraintError): string {
  const { code } = toldBy(error);
  return typeof code === 'string' ? code : '';
}

function stateOf(error: DatabaseError | UniqueConstraintError): string {
  const { sqlState } = toldBy(error);
  return typeof sqlState === 'string' ? sqlState : codeOf(error);
}

function textOf(error: DatabaseError | UniqueConstraintError): string {
  return toldBy(error).message ?? '';
}
