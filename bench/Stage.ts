import { join } from 'node:path';
import { PROJECT_ROOT, type Host } from '../scripts/host';
import { runSql } from '../scripts/host/sql';
import { createInstalledHost } from '../scripts/host/template';
import { BENCH_PLUGIN } from './plugin/pack';
import type { Effort } from './types';

/** What a row leaves behind, and the next one must not find. Those that point at others come first. */
const TABLES = [
  'jobs',
  'executions',
  'flow_nodes',
  'workflowStats',
  'workflowVersionStats',
  'workflows',
  'webhookDeliveries',
  'webhookLanes',
];

export interface Packages {
  product: string;
  bench: string;
}

/** A real NocoBase with the packed plugin, and the bench-only one beside it. */
export class Stage {
  private constructor(
    readonly host: Host,
    readonly effort: Effort,
  ) {}

  static async open(dialect: 'postgres' | 'sqlite', packages: Packages, effort: Effort): Promise<Stage> {
    const dir = join(PROJECT_ROOT, '.nocobase', `bench-${dialect}-${process.pid}`);
    const host = await createInstalledHost({ dialect, dir });
    await host.start();
    await host.api.installPlugin(packages.product);
    await host.api.installPlugin(packages.bench, BENCH_PLUGIN);
    return new Stage(host, effort);
  }

  get dialect(): string {
    return this.host.database.dialect;
  }

  /** The same beginning for every row: no workflows, no deliveries, nothing in memory. */
  async reset(): Promise<void> {
    await this.host.kill();
    await this.sql(...TABLES.map((table) => `DELETE FROM "${table}"`));
    if (this.dialect === 'postgres') {
      await this.sql(...TABLES.map((table) => `VACUUM ANALYZE "${table}"`));
    }
    await this.host.start();
  }

  /** Runs statements in the host's database; the last one's rows. */
  async sql(...statements: string[]): Promise<Record<string, unknown>[]> {
    return (await runSql(this.host, statements)).at(-1) ?? [];
  }

  /** The one number that a statement gives. */
  async count(statement: string): Promise<number> {
    const [row = {}] = await this.sql(statement);
    return Number(Object.values(row)[0]);
  }

  async close(): Promise<void> {
    await this.host.remove();
  }
}
