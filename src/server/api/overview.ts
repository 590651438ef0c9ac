import type { Context, Next } from '@nocobase/actions';
import { readOverview, type OverviewParts } from '../overview/readOverview';

/** `webhookEndpoints:overview`: all webhooks, also those that are off, with how they stand and the calls of a day. */
export function overview(parts: OverviewParts) {
  return async (ctx: Context, next: Next): Promise<void> => {
    ctx.body = await readOverview(ctx.db, parts);
    await next();
  };
}
