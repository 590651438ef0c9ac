import type { Context, Next } from '@nocobase/actions';
import type { EndpointSummary } from '../../common/deliveriesApi';
import type { Deliveries } from '../deliveries/Deliveries';
import type { Endpoint } from '../endpoints/Endpoint';
import type { RouteTable } from '../endpoints/RouteTable';
import { countByStatus } from './countByStatus';
import { readNumber } from './readNumber';

type Action = (ctx: Context, next: Next) => Promise<void>;

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;

/** `webhookEndpoints`: the enabled webhooks with their counters, and the switch that holds their deliveries back. */
export function endpointActions(routes: RouteTable, deliveries: Deliveries): Record<string, Action> {
  const summary = (endpoint: Endpoint): Omit<EndpointSummary, 'counts'> => ({
    key: endpoint.key,
    workflowId: endpoint.workflowId,
    title: endpoint.workflow.title,
    path: endpoint.config.path,
    methods: endpoint.config.methods,
    sync: endpoint.sync,
    paused: deliveries.isPaused(endpoint.key),
    notRecorded: deliveries.notRecordedOf(endpoint.key),
  });
  const switchTo = (paused: boolean): Action => {
    return async (ctx, next) => {
      const endpoint = routes.findKey(String(ctx.action.params.filterByTk));
      if (!endpoint) {
        ctx.throw(404, 'No enabled webhook has this key.');
      }
      const { key } = endpoint as Endpoint;
      await (paused ? deliveries.pause(key) : deliveries.resume(key));
      ctx.body = { key, paused };
      await next();
    };
  };
  return {
    /** `search`: part of a title, path or key; `page` and `pageSize` as everywhere. */
    async list(ctx, next) {
      const [search, key] = [readText(ctx, 'search'), readText(ctx, 'key')];
      const page = readNumber(ctx, 'page', 1);
      const pageSize = Math.min(readNumber(ctx, 'pageSize', DEFAULT_PAGE_SIZE), MAX_PAGE_SIZE);
      const all = [...routes.endpoints()].filter(
        (endpoint) => (key === '' || endpoint.key === key) && matches(endpoint, search),
      );
      all.sort((a, b) => a.workflow.title.localeCompare(b.workflow.title));
      const shown = all.slice((page - 1) * pageSize, page * pageSize).map(summary);
      const counts = await countByStatus(
        ctx.db,
        shown.map((endpoint) => endpoint.key),
      );
      const rows: EndpointSummary[] = shown.map((endpoint) => ({
        ...endpoint,
        counts: counts.get(endpoint.key) ?? {},
      }));
      ctx.body = { rows, count: all.length, page, pageSize, totalPage: Math.ceil(all.length / pageSize) };
      await next();
    },
    pause: switchTo(true),
    resume: switchTo(false),
  };
}

/** A text among the parameters; empty: it was left out. Answers with 400 where it is something else. */
function readText(ctx: Context, name: string): string {
  const given: unknown = (ctx.action.params as Record<string, unknown>)[name] ?? '';
  return typeof given === 'string' ? given : ctx.throw(400, `${name} must be a text.`);
}

function matches({ key, workflow, config }: Endpoint, search: string): boolean {
  const text = search.toLowerCase();
  return [key, workflow.title, config.path].some((value) => value.toLowerCase().includes(text));
}
