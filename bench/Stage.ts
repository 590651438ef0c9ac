import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PROJECT_ROOT, type Host } from '../scripts/host';
import { runSql } from '../scripts/host/sql';
import { createInstalledHost } from '../scripts/host/template';
import { BENCH_PLUGIN } from './plugin/pack';
import type { Effort } from './Effort';

/** What a row leaves behind, and the next one must not find. Those that point at others come first. */
const TABLES = [
  'jobs',
  'executions',
  'flow_nodes',
  'workflowStats',
  'workflowVersionStats',
  'workflows',
  'webhookDeliveries',
  'webhookQueues',
];

/** Milliseconds after the start within which webhooks must take deliveries. */
const READY_TIMEOUT = 30_000;

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
    await this.untilReady();
  }

  /** NocoBase answers before what starts with it has started. That a webhook takes a delivery is the sign. */
  private async untilReady(): Promise<void> {
    const { api, url, apiPath } = this.host;
    const { id, key } = await api.action<{ id: number; key: string }>('workflows:create', {
      title: 'Probe',
      type: 'webhook',
      sync: true,
      enabled: true,
      current: true,
      config: { dedupe: null },
    });
    const deadline = Date.now() + READY_TIMEOUT;
    while (!(await fetch(`${url}${apiPath}webhooks/${key}`, { method: 'POST' })).ok) {
      if (Date.now() > deadline) {
        throw new Error(`no webhook took a delivery within ${READY_TIMEOUT / 1000} s of the start`);
      }
      await delay(100);
    }
    await api.action('workflows:destroy', {}, { filterByTk: id });
    await this.sql(...TABLES.map((table) => `DELETE FROM "${table}"`));
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
