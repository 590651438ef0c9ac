import type { Database } from '@nocobase/database';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import { MAX_WEBHOOKS, OVERVIEW_HOURS, type Overview, type WebhookOverview } from '../../common/overview';
import { TRIGGER_TYPE } from '../../common/plugin';
import type { StatsSeries } from '../../common/stats';
import { readableConfig } from '../../common/validateConfig';
import type { Deliveries } from '../deliveries/Deliveries';
import type { RouteTable } from '../endpoints/RouteTable';
import type { CapturedSecrets } from '../secrets/CapturedSecrets';
import { readSeries } from '../stats/readSeries';
import { StatsStore } from '../stats/StatsStore';
import { readWaiting, type InLog } from './readWaiting';
import { stateOf } from './stateOf';
import { takenPaths } from './takenPaths';

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

/** Silent is who was called on so many of the days before, and not since a day. */
const USUAL_DAYS = 5;
const DAYS_BEFORE = 7;

export interface OverviewParts {
  routes: RouteTable;
  deliveries: Pick<Deliveries, 'isPaused'>;
  captured: Pick<CapturedSecrets, 'confirmedFor'>;
}

/** All webhooks, also those that are off, and those that were deleted and still called within the last day. */
export async function readOverview(db: Database, parts: OverviewParts, now = Date.now()): Promise<Overview> {
  const minute = Math.floor(now / MINUTE_MS);
  const from = minute - (minute % HOUR) - (OVERVIEW_HOURS - 1) * HOUR;
  const store = new StatsStore(db);
  const [workflows, count] = await readWorkflows(db);
  const [series, usual, lastMinutes] = await Promise.all([
    readSeries(store, { from, to: minute + 1, step: HOUR, keys: 'each' }),
    store.daysCalled(minute - DAY - DAYS_BEFORE * DAY, minute - DAY),
    store.lastCalls(minute - DAY),
  ]);
  const byKey = new Map(series.map((each) => [each.key ?? '', each]));
  const known = new Set(workflows.map(({ key }) => key));
  const deleted = [...byKey.keys()].filter((key) => !known.has(key)).slice(0, MAX_WEBHOOKS - workflows.length);
  const inLog = await readWaiting(db, [...known, ...(await stillDeleted(db, deleted))]);
  const isTaken = takenPaths(parts.routes);

  const callsOf = (key: string) => callsIn(byKey.get(key), inLog.get(key), lastMinutes.get(key), from);
  const webhooks = workflows.map((workflow): WebhookOverview => {
    const { key, id, title, enabled, sync } = workflow;
    const endpoint = parts.routes.findKey(key);
    const config = endpoint?.config ?? readableConfig(workflow.config);
    const { auth, path, events } = config;
    const calls = callsOf(key);
    return {
      key,
      workflowId: id,
      title,
      paused: endpoint ? parts.deliveries.isPaused(key) : null,
      sync: Boolean(sync),
      auth: auth.type,
      provider: auth.type === 'provider' ? auth.provider : null,
      path,
      events,
      state: stateOf({
        enabled: Boolean(enabled),
        endpoint,
        isPathTaken: !enabled && isTaken(key, config),
        hasCaptured: endpoint !== undefined && parts.captured.confirmedFor(endpoint).length > 0,
        isPaused: parts.deliveries.isPaused(key),
        isSilent: calls.calls === 0 && (usual.get(key) ?? 0) >= USUAL_DAYS,
      }),
      ...calls,
    };
  });
  const gone = deleted
    .filter((key) => inLog.has(key))
    .map((key): WebhookOverview => ({
      key,
      workflowId: null,
      title: key,
      paused: null,
      sync: false,
      auth: null,
      provider: null,
      path: '',
      events: null,
      state: 'deleted',
      ...callsOf(key),
    }));
  return { now, from: from * MINUTE_MS, webhooks: [...webhooks, ...gone], count: count + gone.length };
}

/** The current version of each webhook workflow, by title. */
async function readWorkflows(db: Database): Promise<[WorkflowModel[], number]> {
  const filter = { type: TRIGGER_TYPE, current: true };
  const repository = db.getRepository('workflows');
  const rows: WorkflowModel[] = await repository.find({ filter, sort: ['title', 'id'], limit: MAX_WEBHOOKS });
  const count = rows.length < MAX_WEBHOOKS ? rows.length : await repository.count({ filter });
  return [rows, count];
}

/** Those of these keys that no workflow has, of whatever type: one past the bound is there. */
async function stillDeleted(db: Database, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) {
    return [];
  }
  const filter = { 'key.$in': keys };
  const found: WorkflowModel[] = await db.getRepository('workflows').find({ filter, fields: ['key'] });
  const there = new Set(found.map(({ key }) => key));
  return keys.filter((key) => !there.has(key));
}

type Calls = Pick<
  WebhookOverview,
  'bars' | 'calls' | 'refused' | 'unverified' | 'failed' | 'p95' | 'lastCallAt' | 'waiting' | 'oldestWaitingAt'
>;

function callsIn(
  series: StatsSeries | undefined,
  inLog: InLog | undefined,
  lastMinute: number | undefined,
  from: number,
): Calls {
  const points = new Map(series?.points.map((point) => [point.at, point]));
  const total = series?.total;
  // The log knows the moment; what it leaves out is counted by the minute.
  const counted = lastMinute === undefined ? 0 : lastMinute * MINUTE_MS;
  const last = Math.max(inLog?.lastCallAt ?? 0, counted);
  return {
    bars: Array.from({ length: OVERVIEW_HOURS }, (_none, index) => {
      const point = points.get((from + index * HOUR) * MINUTE_MS);
      return [point?.accepted ?? 0, point?.refused ?? 0, point?.failed ?? 0];
    }),
    calls: total ? total.accepted + total.refused + total.ignored + total.duplicates : 0,
    refused: total?.refused ?? 0,
    unverified: series?.refusedBy.UNVERIFIED ?? 0,
    failed: total?.failed ?? 0,
    p95: series?.answer.p95 ?? null,
    lastCallAt: last === 0 ? null : last,
    waiting: inLog?.waiting ?? 0,
    oldestWaitingAt: inLog?.oldestWaitingAt ?? null,
  };
}
