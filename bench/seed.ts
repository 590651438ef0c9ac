import type { Stage } from './Stage';

/** One INSERT holds so many. */
const CHUNK = 500;

/**
 * Puts enabled webhooks straight into the database, every second one with a path parameter: by NocoBase's API
 * 10,000 would take a quarter of an hour. NocoBase finds them at its next start.
 */
export async function seedWebhooks(stage: Stage, count: number): Promise<void> {
  const statements: string[] = [];
  for (let from = 1; from <= count; from += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, count - from + 1) }, (_, index) => from + index);
    const now = 'CURRENT_TIMESTAMP, CURRENT_TIMESTAMP';
    const workflows = numbers.map(
      (n) =>
        `(${n}, ${now}, '${seededKey(n)}', 'seeded ${n}', TRUE, 'webhook',` +
        ` '${JSON.stringify({ path: seededPath(n) })}', TRUE, FALSE, '{"timeout":0}')`,
    );
    statements.push(
      `INSERT INTO workflows (id, "createdAt", "updatedAt", "key", title, enabled, type, config, "current", sync, options)` +
        ` VALUES ${workflows.join(', ')}`,
      `INSERT INTO "workflowStats" ("createdAt", "updatedAt", "key", executed)` +
        ` VALUES ${numbers.map((n) => `(${now}, '${seededKey(n)}', 0)`).join(', ')}`,
      `INSERT INTO "workflowVersionStats" ("createdAt", "updatedAt", id, executed)` +
        ` VALUES ${numbers.map((n) => `(${now}, ${n}, 0)`).join(', ')}`,
    );
  }
  await stage.sql(...statements);
}

/** The path under which the n-th of them is reached, as a maker writes it. */
export function seededPath(n: number): string {
  return n % 2 === 0 ? `bench/${n}/orders` : `bench/${n}/:order`;
}

function seededKey(n: number): string {
  return `seeded${n}`;
}
