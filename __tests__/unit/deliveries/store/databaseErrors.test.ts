import { ConnectionRefusedError, DatabaseError } from 'sequelize';
import { isConnectionError, isPassing } from '../../../../src/server/deliveries/store/databaseErrors';

const failed = (fields: { code?: string; message?: string }) =>
  new DatabaseError(Object.assign(new Error(fields.message ?? ''), fields, { sql: '' }));

test.each<[string, unknown, { away: boolean; passing: boolean }]>([
  ['no connection', new ConnectionRefusedError(new Error()), { away: true, passing: true }],
  ['PostgreSQL is shut down', failed({ code: '57P01' }), { away: true, passing: true }],
  ['PostgreSQL, disk full', failed({ code: '53100' }), { away: true, passing: true }],
  ['PostgreSQL, cut off', failed({ message: 'Connection terminated unexpectedly' }), { away: true, passing: true }],
  ['PostgreSQL, deadlock', failed({ code: '40P01' }), { away: false, passing: true }],
  ['PostgreSQL, no such column', failed({ code: '42703' }), { away: false, passing: false }],
  ['MariaDB, cut off', failed({ code: 'ER_SOCKET_UNEXPECTED_CLOSE' }), { away: true, passing: true }],
  ['MariaDB, lock', failed({ code: 'ER_LOCK_WAIT_TIMEOUT' }), { away: false, passing: true }],
  ['MariaDB, no such column', failed({ code: 'ER_BAD_FIELD_ERROR' }), { away: false, passing: false }],
  ['SQLite, disk full', failed({ code: 'SQLITE_FULL' }), { away: true, passing: true }],
  ['SQLite, constraint', failed({ code: 'SQLITE_CONSTRAINT' }), { away: false, passing: false }],
  ['the run itself', new TypeError('x is not a function'), { away: false, passing: false }],
])('%s', (_what, error, { away, passing }) => {
  expect([isConnectionError(error), isPassing(error)]).toEqual([away, passing]);
});
