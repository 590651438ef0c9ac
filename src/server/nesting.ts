/**
 * Levels of lists and objects that a body may have, by database. MariaDB 10 and 11 store JSON of 31 levels
 * (`$context` itself is one of them), MySQL of 100; a deeper execution could not be saved at all.
 */
const MAX_DEPTH: Record<string, number> = { mariadb: 30 };
const DEFAULT_MAX_DEPTH = 90;

/** The bound for an app with this Sequelize dialect. */
export function maxDepthOn(dialect: string): number {
  return MAX_DEPTH[dialect] ?? DEFAULT_MAX_DEPTH;
}
