import type { Context, Next } from '@nocobase/actions';
import type { Application } from '@nocobase/server';
import { WebhookError } from '../../common/errors';
import { TooManyConfirmedError, type CapturedSecrets } from '../secrets/CapturedSecrets';
import { isUuid } from './ids';

type Action = (ctx: Context, next: Next) => Promise<void>;

/** `webhookCapturedSecrets`: what services handed over in their handshakes, for the maker to confirm or to discard. */
export function capturedSecretActions(captured: CapturedSecrets): Record<string, Action> {
  const change = (what: 'confirm' | 'discard'): Action => {
    return async (ctx, next) => {
      const { filterByTk } = ctx.action.params;
      const isDone = isUuid(filterByTk) && (await captured[what](filterByTk).catch(refusing(ctx)));
      if (!isDone) {
        ctx.throw(404, 'There is no such captured secret.');
      }
      const { id: user } = (ctx.state.currentUser ?? {}) as { id?: number };
      (ctx.app as Application).log.info(`webhook: captured secret ${what}ed`, { id: filterByTk, user });
      ctx.body = { id: filterByTk };
      await next();
    };
  };
  return {
    /** `key`: the workflow key. */
    async list(ctx, next) {
      const { key } = ctx.action.params;
      // PostgreSQL takes no NUL in a text, and SQLite reads no further.
      if (typeof key !== 'string' || key === '' || key.includes('\0')) {
        ctx.throw(400, 'Say whose: "key" is the workflow key.');
      }
      // Secrets in clear: nothing on the way may keep them.
      ctx.set('Cache-Control', 'no-store');
      ctx.body = await captured.list(key);
      await next();
    },
    confirm: change('confirm'),
    discard: change('discard'),
  };
}

function refusing(ctx: Context) {
  return (error: unknown): never => {
    if (error instanceof TooManyConfirmedError) {
      ctx.throw(409, error.message);
    }
    if (error instanceof WebhookError) {
      ctx.throw(error.status, error.message, { code: error.code });
    }
    throw error;
  };
}
