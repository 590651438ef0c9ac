import type { Context, Next } from '@nocobase/actions';
import { HOURS_KEPT, MAX_KEYS, MAX_STEPS, MINUTES_KEPT, type StatsAnswer } from '../../common/stats';
import { readSeries } from '../stats/readSeries';
import { StatsStore } from '../stats/StatsStore';

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY_MINUTES = 24 * 60;

/**
 * `webhookStats:query`: what was counted, step by step, of all webhooks together, or of each of those that `keys` names.
 * `from` and `to` in milliseconds since 1970 or as ISO 8601, `step` in milliseconds, whole minutes all of them.
 */
export async function queryStats(ctx: Context, next: Next): Promise<void> {
  const params = ctx.action.params as Record<string, unknown>;
  const now = Math.ceil(Date.now() / MINUTE_MS);
  const to = readMinute(ctx, 'to', now);
  const from = readMinute(ctx, 'from', to - DAY_MINUTES);
  const step = readMinutes(ctx, 'step', params.step ?? 15 * MINUTE_MS);
  if (step < 1 || from >= to || to - from > HOURS_KEPT || (to - from) / step > MAX_STEPS) {
    const problem = `from has to come before to, by ${MAX_STEPS} steps and 90 days at most.`;
    ctx.throw(400, problem, { code: 'INVALID_RANGE' });
  }
  if (step < HOUR && from < now - MINUTES_KEPT) {
    ctx.throw(400, 'Of more than 48 hours ago only whole hours are kept.', { code: 'INVALID_RANGE' });
  }
  const keys = readKeys(ctx, params.keys);
  const { event } = params;
  if (event !== undefined && typeof event !== 'string') {
    ctx.throw(400, 'event must be a text.');
  }
  const series = await readSeries(new StatsStore(ctx.db), { from, to, step, keys, event: event as string | undefined });
  const answer: StatsAnswer = { from: from * MINUTE_MS, to: to * MINUTE_MS, step: step * MINUTE_MS, series };
  ctx.body = answer;
  await next();
}

/** Workflow keys, as a list or with commas between; null: none is named. */
function readKeys(ctx: Context, given: unknown): string[] | null {
  if (given === undefined || given === '') {
    return null;
  }
  const keys: unknown[] = Array.isArray(given) ? given : typeof given === 'string' ? given.split(',') : [given];
  if (keys.length > MAX_KEYS || !keys.every((key): key is string => typeof key === 'string' && key !== '')) {
    ctx.throw(400, `keys must be the keys of ${MAX_KEYS} webhooks at most.`);
  }
  return [...new Set(keys as string[])];
}

function readMinute(ctx: Context, name: string, fallback: number): number {
  const given = (ctx.action.params as Record<string, unknown>)[name];
  return given === undefined || given === '' ? fallback : readMinutes(ctx, name, given);
}

/** A time or a length of time, in minutes. */
function readMinutes(ctx: Context, name: string, given: unknown): number {
  const isNumber = typeof given === 'number' || (typeof given === 'string' && /^\d{1,16}$/.test(given));
  const milliseconds = isNumber ? Number(given) : typeof given === 'string' ? Date.parse(given) : NaN;
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0 || milliseconds % MINUTE_MS !== 0) {
    ctx.throw(400, `${name} must be whole minutes.`);
  }
  return milliseconds / MINUTE_MS;
}
