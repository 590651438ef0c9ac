import { ConnectionError, DatabaseError, UniqueConstraintError } from 'sequelize';

/** Whether the database refused a row because of a unique index. */
export function isUniqueError(error: unknown): boolean {
  return error instanceof UniqueConstraintError;
}

/**
 * Whether it is the database that is away, rather than a statement that is wrong: then trying each row by
 * itself is of no use. What is no database error at all counts as such too.
 */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof ConnectionError || !(error instanceof Error)) {
    return true;
  }
  const code = error instanceof DatabaseError && 'code' in error.original ? String(error.original.code) : '';
  // PostgreSQL: classes 08 (connection), 53 (resources) and 57 (operator intervention), all of which hit every row.
  return (
    /^(08|53|57)/.test(code) || /^(ECONN|EPIPE|ETIMEDOUT|SQLITE_(BUSY|FULL|IOERR|LOCKED|READONLY|CANTOPEN))/.test(code)
  );
}
