import type { Context, Next } from '@nocobase/actions';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import { TRIGGER_TYPE } from '../../../common/plugin';
import { readableConfig } from '../../../common/validateConfig';
import type { RouteTable } from '../../endpoints/RouteTable';
import { clientOrigin } from '../../net/clientAddress';
import type { Network } from '../../setUpNetwork';
import { isWorkflowId } from '../ids';
import { describeWebhooks } from './describeWebhooks';
import type { DescribedWebhook } from './operation';

/**
 * `webhookEndpoints:openapi`: an OpenAPI document of the maker's own webhooks, as it is, without `data` around it. With
 * `filterByTk` of that version of a workflow, enabled or not; else of all that are enabled.
 */
export function openapiAction(routes: RouteTable, { publicUrl, proxies }: Pick<Network, 'publicUrl' | 'proxies'>) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const { filterByTk } = ctx.action.params as { filterByTk?: unknown };
    const workflows =
      filterByTk === undefined
        ? [...routes.endpoints()].map(({ workflow }) => workflow)
        : [await findWorkflow(ctx, filterByTk)];
    const server = publicUrl.urlOf(apiPath(ctx), () => clientOrigin(ctx.req, proxies.trust));
    ctx.withoutDataWrapping = true;
    ctx.body = describeWebhooks(workflows.map(described), server);
    await next();
  };
}

async function findWorkflow(ctx: Context, id: unknown): Promise<WorkflowModel> {
  if (!isWorkflowId(id)) {
    ctx.throw(400, "filterByTk is not a workflow's id.");
  }
  const workflow = await ctx.db.getRepository('workflows').findOne({ filterByTk: id, filter: { type: TRIGGER_TYPE } });
  return (workflow as WorkflowModel | null) ?? ctx.throw(404, 'There is no such webhook.');
}

/** Of NocoBase's API, as an outside caller has to write it: a sub-app's name may have come in a header. */
function apiPath(ctx: Context): string {
  const base = ctx.path.slice(0, ctx.path.lastIndexOf('/'));
  const { name } = ctx.app as unknown as { name?: string };
  return name && name !== 'main' && !base.includes('/__app/') ? `${base}/__app/${encodeURIComponent(name)}` : base;
}

function described({ id, key, title, description, sync, config }: WorkflowModel): DescribedWebhook {
  return {
    key,
    title,
    description: description ?? '',
    sync: Boolean(sync),
    version: String(id),
    config: readableConfig(config),
  };
}
