import type { Context, Next } from '@nocobase/actions';
import { REPLAY_EDITS } from '../../common/deliveriesApi';
import { WebhookError } from '../../common/errors';
import { isRecord } from '../../common/rules';
import type { Deliveries } from '../deliveries/Deliveries';
import { ReplayError, type ReplayEdits } from '../deliveries/intake/replay';
import { storable } from '../parsers/storable';
import { ReplayJobError, type ReplayJobs } from './ReplayJobs';
import { readId, readSelection } from './target';

type Action = (ctx: Context, next: Next) => Promise<void>;

const REFUSALS: Record<ReplayError['code'], { status: number; message: string }> = {
  NOT_FOUND: { status: 404, message: 'There is no such delivery.' },
  WEBHOOK_DISABLED: { status: 409, message: 'The workflow is not enabled: there is nothing to start.' },
  ERASED: { status: 409, message: 'The delivery was erased: there is nothing left to replay.' },
  BODY_NOT_RECORDED: { status: 409, message: 'The body was not kept, so the delivery can not be replayed as it was.' },
};

const JOB_REFUSALS: Record<ReplayJobError['code'], { status: number; message: string }> = {
  NOTHING_FOUND: { status: 400, message: 'No delivery meets the filter.' },
  TOO_MANY: { status: 400, message: 'More deliveries meet the filter than are replayed in one go.' },
  ALREADY_RUNNING: { status: 409, message: 'Another replay of many is under way.' },
};

/** The actions that start workflows again, and that keep them from it. */
export function replayActions(deliveries: Deliveries, jobs: ReplayJobs, maxDepth: number): Record<string, Action> {
  return {
    async replay(ctx, next) {
      const id = readId(ctx);
      ctx.body = await refusing(ctx, async () => ({
        id: await deliveries.replay(id, readEdits(ctx, maxDepth)),
      }));
      await next();
    },

    async replayMany(ctx, next) {
      const selection = readSelection(ctx);
      ctx.body = await refusing(ctx, () => jobs.start(selection));
      await next();
    },

    async replayProgress(ctx, next) {
      ctx.body = (await jobs.find(readId(ctx))) ?? ctx.throw(404, 'There is no such replay.');
      await next();
    },

    async stopReplay(ctx, next) {
      await jobs.stop(readId(ctx));
      ctx.body = (await jobs.find(readId(ctx))) ?? ctx.throw(404, 'There is no such replay.');
      await next();
    },

    async cancel(ctx, next) {
      const id = readId(ctx);
      ctx.body = await refusing(ctx, async () => ({ cancelled: await deliveries.cancel(id) }));
      await next();
    },
  };
}

/** What the maker changed, made harmless in the same way as what comes from outside. */
function readEdits(ctx: Context, maxDepth: number): ReplayEdits {
  const values: unknown = ctx.action.params.values ?? {};
  if (!isRecord(values)) {
    ctx.throw(400, 'The edits are not an object.');
  }
  const given = Object.fromEntries(
    REPLAY_EDITS.flatMap((part) =>
      Object.hasOwn(values as object, part) ? [[part, (values as ReplayEdits)[part]]] : [],
    ),
  );
  for (const part of ['headers', 'query', 'params'] as const) {
    if (given[part] !== undefined && !isRecord(given[part])) {
      ctx.throw(400, `${part} is not an object.`);
    }
  }
  const edits = storable(given, maxDepth + 1) as ReplayEdits;
  return edits.headers
    ? { ...edits, headers: Object.fromEntries(Object.entries(edits.headers).map(([k, v]) => [k.toLowerCase(), v])) }
    : edits;
}

/** Turns what the deliveries refuse into NocoBase's own kind of answer. */
async function refusing<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ReplayError) {
      ctx.throw(REFUSALS[error.code].status, REFUSALS[error.code].message, { code: error.code });
    }
    if (error instanceof ReplayJobError) {
      ctx.throw(JOB_REFUSALS[error.code].status, JOB_REFUSALS[error.code].message, { code: error.code });
    }
    if (error instanceof WebhookError) {
      ctx.throw(error.status, error.message, { code: error.code });
    }
    throw error;
  }
}
