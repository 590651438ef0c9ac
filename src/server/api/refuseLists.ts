import type { Context, Next } from '@nocobase/actions';
import { isOfWorkflows } from '../requestLog/loggable';

/** Answers with 400 where a change of one workflow is given as a list, of which NocoBase makes an error of its own. */
export async function refuseLists(ctx: Context, next: Next): Promise<void> {
  const { resourceName, actionName, params } = ctx.action;
  if (actionName === 'update' && isOfWorkflows(resourceName) && Array.isArray(params.values)) {
    ctx.throw(400, 'The values are an object.', { code: 'INVALID_VALUES' });
  }
  await next();
}
