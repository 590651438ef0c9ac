import { defineCollection } from '@nocobase/database';

/**
 * How many calls and runs there were, and how long they took: a row for each webhook, minute or hour, event, outcome and
 * instance. Each instance adds to rows of its own, so that none waits for another's; those of an hour are the sums of all.
 * The rows are written by statements of our own (`stats/StatsStore.ts`).
 */
export default defineCollection({
  name: 'webhookStats',
  // What was counted elsewhere says nothing here.
  dumpRules: 'skipped',
  migrationRules: ['schema-only'],
  dataCategory: 'system',
  shared: true,
  autoGenId: false,
  createdAt: false,
  updatedAt: false,
  fields: [
    // The workflow key.
    { name: 'key', type: 'string', primaryKey: true, autoFill: false },
    // Minutes that are counted together: 1 or 60; and when they begin, in minutes since 1970.
    { name: 'span', type: 'integer', primaryKey: true, autoFill: false },
    { name: 'at', type: 'integer', primaryKey: true, autoFill: false },
    // Empty: it isn't known, as of a call that was refused.
    { name: 'event', type: 'string', length: 200, primaryKey: true, autoFill: false },
    // `accepted`, `ignored`, `duplicate`, an error code, or `run:` and a run's status.
    { name: 'outcome', type: 'string', length: 48, primaryKey: true, autoFill: false },
    // Empty for hours.
    { name: 'instance', type: 'string', length: 16, primaryKey: true, autoFill: false },
    { name: 'count', type: 'bigInt', allowNull: false },
    // How long they took together, in milliseconds, and how many took how long (`common/stats.ts`).
    { name: 'ms', type: 'bigInt', allowNull: false },
    ...Array.from({ length: 12 }, (_none, index) => ({ name: `h${index}`, type: 'bigInt' as const, allowNull: false })),
  ],
  // For all webhooks together, and what is past its time.
  indexes: [{ fields: ['span', 'at'] }],
});
