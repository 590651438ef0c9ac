import type { Host } from '../host';
import { runSql } from '../host/sql';

/** What the database says of one webhook's deliveries and executions. */
export interface Evidence {
  deliveries: Record<string, number>;
  /** One reason of those of each status, where they have any. */
  reasons: Record<string, string>;
  /** How often each number was executed, and how many of those came to their end. */
  executions: Map<number, { count: number; finished: number }>;
  /** How often the runs of each number had their effect; null: they have none that can be counted. */
  effects: Map<number, number> | null;
}

/** Reads straight from the database: NocoBase need not run for it. */
export async function readEvidence(host: Host, workflowKey: string, effects?: string): Promise<Evidence> {
  const [deliveries, executions, counted] = await runSql(host, [
    `SELECT status, count(*) AS n, min(reason) AS reason FROM "webhookDeliveries" WHERE "key" = '${workflowKey}' GROUP BY status`,
    `SELECT status, context FROM "executions" WHERE "key" = '${workflowKey}'`,
    ...(effects === undefined ? [] : [`SELECT "number", count(*) AS n FROM "${effects}" GROUP BY "number"`]),
  ]);
  const byNumber: Evidence['executions'] = new Map();
  for (const { status, context } of executions ?? []) {
    const { data } = (typeof context === 'string' ? JSON.parse(context) : context) as { data: { number: number } };
    const seen = byNumber.get(data.number) ?? { count: 0, finished: 0 };
    byNumber.set(data.number, { count: seen.count + 1, finished: seen.finished + (status === 1 ? 1 : 0) });
  }
  return {
    deliveries: Object.fromEntries((deliveries ?? []).map(({ status, n }) => [String(status), Number(n)])),
    reasons: Object.fromEntries(
      (deliveries ?? []).flatMap(({ status, reason }) => (reason ? [[String(status), String(reason)]] : [])),
    ),
    executions: byNumber,
    effects: counted ? new Map(counted.map(({ number, n }) => [Number(number), Number(n)])) : null,
  };
}
