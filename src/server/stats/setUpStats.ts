import { randomBytes } from 'node:crypto';
import type { Database } from '@nocobase/database';
import type { Application } from '@nocobase/server';
import { StatsCounter } from './StatsCounter';
import { StatsRoller } from './StatsRoller';
import { StatsWriter } from './StatsWriter';

/** What is counted of an app's webhooks, from the start to the stop. */
export interface Stats {
  counter: StatsCounter;
  /** The runs of these deliveries have ended, or are to be tried again. */
  ended(ids: readonly string[]): void;
  start(): void;
  /** Writes what is left. */
  stop(): Promise<void>;
}

/** @param source the database, over whichever connections there are now */
export function setUpStats(app: Application, source: { readonly db: Database }): Stats {
  const counter = new StatsCounter();
  const writer = new StatsWriter(counter, source, randomBytes(6).toString('hex'), app.logger);
  let roller: StatsRoller | null = null;
  return {
    counter,
    ended: (ids) => writer.ended(ids),
    start() {
      roller?.stop();
      roller = new StatsRoller(app, app.logger);
      writer.start();
      roller.start();
    },
    async stop() {
      roller?.stop();
      await writer.stop();
    },
  };
}
