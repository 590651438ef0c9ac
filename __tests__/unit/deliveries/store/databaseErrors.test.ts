import {
  ConnectionRefusedError,
  DatabaseError,
  ForeignKeyConstraintError,
  TimeoutError,
  UniqueConstraintError,
} from 'sequelize';
import {
  isConnectionError,
  isFinal,
  isPassing,
  isUniqueError,
} from '../../../../src/server/deliveries/store/databaseErrors';

interface Driver {
  code?: string;
  sqlState?: string;
  message?: string;
}

const driver = (fields: Driver) => Object.assign(new Error(fields.message ?? ''), { ...fields, sql: '' });
const failed = (fields: Driver) => new DatabaseError(driver(fields));
const unique = (fields: Driver) => new UniqueConstraintError({ parent: driver(fields) });

/** What every row meets alike, what passes, and what is this row's for good; a key that is taken is neither. */
const kindOf = (error: unknown) => {
  const kinds = { away: isConnectionError(error), final: isFinal(error), unique: isUniqueError(error) };
  const [kind = isPassing(error) ? 'passes' : 'no error of the database'] = Object.entries(kinds).flatMap(
    ([name, is]) => (is ? name : []),
  );
  return kind;
};

test.each<[string, unknown, string]>([
  ['no connection', new ConnectionRefusedError(new Error()), 'away'],
  ['PostgreSQL is shut down', failed({ code: '57P01' }), 'away'],
  ['PostgreSQL, a statement was cancelled', failed({ code: '57014' }), 'away'],
  ['PostgreSQL, disk full', failed({ code: '53100' }), 'away'],
  ['PostgreSQL, cut off', failed({ message: 'Connection terminated unexpectedly' }), 'away'],
  ['PostgreSQL, a transaction stood still', failed({ code: '25P03' }), 'away'],
  ['a connection fell silent', failed({ code: 'ETIMEDOUT' }), 'away'],
  ['PostgreSQL, deadlock', failed({ code: '40P01' }), 'passes'],
  ['PostgreSQL, serialization', failed({ code: '40001' }), 'passes'],
  ['PostgreSQL, lock', failed({ code: '55P03' }), 'passes'],
  ['PostgreSQL, no such column', failed({ code: '42703' }), 'passes'],
  ['PostgreSQL, something within it', failed({ code: 'XX000' }), 'passes'],
  ['PostgreSQL, no such character', failed({ code: '22P05' }), 'final'],
  ['PostgreSQL, too long', failed({ code: '22001' }), 'final'],
  ['PostgreSQL, empty', failed({ code: '23502' }), 'final'],
  ['PostgreSQL, no such parent', new ForeignKeyConstraintError({ parent: driver({ code: '23503' }) }), 'final'],
  ['PostgreSQL, too large', failed({ code: '54000' }), 'final'],
  ['PostgreSQL, a key that is taken', unique({ code: '23505' }), 'unique'],
  ['MariaDB, cut off', failed({ code: 'ER_SOCKET_UNEXPECTED_CLOSE', sqlState: '08S01' }), 'away'],
  ['MariaDB, takes too long', failed({ code: 'ER_STATEMENT_TIMEOUT', sqlState: '70100' }), 'away'],
  ['MariaDB, lock', failed({ code: 'ER_LOCK_WAIT_TIMEOUT', sqlState: 'HY000' }), 'passes'],
  ['MariaDB, deadlock', failed({ code: 'ER_LOCK_DEADLOCK', sqlState: '40001' }), 'passes'],
  ['MariaDB, no such column', failed({ code: 'ER_BAD_FIELD_ERROR', sqlState: '42S22' }), 'passes'],
  ['MariaDB, too long', failed({ code: 'ER_DATA_TOO_LONG', sqlState: '22001' }), 'final'],
  ['MariaDB, no such character', failed({ code: 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD', sqlState: 'HY000' }), 'final'],
  ['MariaDB, no JSON', failed({ code: 'ER_CONSTRAINT_FAILED', sqlState: '23000' }), 'final'],
  ['MariaDB, more than a packet', failed({ code: 'ER_NET_PACKET_TOO_LARGE', sqlState: '08S01' }), 'final'],
  ['MariaDB, a key that is taken', unique({ code: 'ER_DUP_ENTRY', sqlState: '23000' }), 'unique'],
  ['SQLite, disk full', failed({ code: 'SQLITE_FULL' }), 'away'],
  ['SQLite, busy', new TimeoutError(driver({ code: 'SQLITE_BUSY' }) as never), 'away'],
  ['SQLite, something else', failed({ code: 'SQLITE_ERROR' }), 'passes'],
  ['SQLite, too large', failed({ code: 'SQLITE_TOOBIG' }), 'final'],
  ['SQLite, no JSON', failed({ code: 'SQLITE_ERROR', message: 'SQLITE_ERROR: malformed JSON' }), 'final'],
  [
    'SQLite, empty',
    unique({ code: 'SQLITE_CONSTRAINT', message: 'SQLITE_CONSTRAINT: NOT NULL constraint failed: t.key' }),
    'final',
  ],
  [
    'SQLite, a key that is taken',
    unique({ code: 'SQLITE_CONSTRAINT', message: 'SQLITE_CONSTRAINT: UNIQUE constraint failed: t.id' }),
    'unique',
  ],
  ['the run itself', new TypeError('x is not a function'), 'no error of the database'],
])('%s', (_what, error, kind) => {
  expect(kindOf(error)).toBe(kind);
});
