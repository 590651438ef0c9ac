import type { Context, Next } from '@nocobase/actions';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import type { UnreadableSecrets } from '../../common/deliveriesApi';
import { TRIGGER_TYPE } from '../../common/plugin';
import { openAuth } from '../secrets/authSecrets';
import type { Sealer } from '../secrets/Sealer';

/**
 * `webhookEndpoints:unreadableSecrets?filterByTk=<workflow id>`: which of a workflow's stored secrets can't be read where
 * they stand, and so verify nothing. Tells nothing else of them. Disabled workflows and former versions too.
 */
export function unreadableSecrets(sealer: Sealer) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const { filterByTk } = ctx.action.params;
    const workflow: WorkflowModel | null = /^\d{1,19}$/.test(String(filterByTk))
      ? await ctx.db.getRepository('workflows').findOne({ filterByTk, filter: { type: TRIGGER_TYPE } })
      : null;
    if (!workflow) {
      ctx.throw(404, 'There is no such webhook.');
    }
    const { key, config } = workflow as WorkflowModel;
    const unreadable = config?.auth ? openAuth(config.auth, key, sealer).unreadable : [];
    ctx.body = { unreadable } satisfies UnreadableSecrets;
    await next();
  };
}
