import type { Context, Next } from '@nocobase/actions';
import type { Database, Model } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../common/deliveries';
import { fieldsOf, orderOf, SHOWN_FIELDS, sortOf } from './deliveryFilter';
import { isUuid } from './ids';
import { FilterError, parseFilter, type ParsedFilter } from './parseFilter';
import { readNumber } from './readNumber';

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 200;

/**
 * `webhookDeliveries:list`: `filter`, `sort`, `page` and `pageSize` as everywhere in NocoBase. With `simplePaginate` the
 * rows are not counted, and the answer says whether there are more: among a million, counting takes longest.
 */
export async function listDeliveries(ctx: Context, next: Next): Promise<void> {
  const { params } = ctx.action;
  const { filter } = readFilter(ctx, params.filter ?? {});
  const sort = sortOf(params.sort);
  if (!sort) {
    ctx.throw(400, 'Deliveries can not be sorted by this.', { code: 'INVALID_SORT' });
  }
  const fields = fieldsOf(params.fields);
  if (!fields) {
    ctx.throw(400, 'Deliveries have no such fields.', { code: 'INVALID_FIELDS' });
  }
  const page = readNumber(ctx, 'page', 1);
  const pageSize = Math.min(readNumber(ctx, 'pageSize', DEFAULT_PAGE_SIZE), MAX_PAGE_SIZE);
  const offset = (page - 1) * pageSize;
  const query = { filter, fields: fields ?? [], offset, ...orderOf(sort ?? []) };
  const repository = ctx.db.getRepository(DELIVERIES_COLLECTION);
  if (params.simplePaginate === true || params.simplePaginate === 'true') {
    const found = await repository.find({ ...query, limit: pageSize + 1 });
    const rows = await withWorkflows(ctx.db, found.slice(0, pageSize).map(toPlain));
    ctx.body = { rows, page, pageSize, hasNext: found.length > pageSize };
  } else {
    const found = await repository.find({ ...query, limit: pageSize });
    const count = await repository.count({ filter });
    const rows = await withWorkflows(ctx.db, found.map(toPlain));
    ctx.body = { rows, count, page, pageSize, totalPage: Math.ceil(count / pageSize) };
  }
  await next();
}

/** `webhookDeliveries:get?filterByTk=<id>`: all that is kept of one, credentials left out. */
export async function getDelivery(ctx: Context, next: Next): Promise<void> {
  const { filterByTk } = ctx.action.params;
  const found = isUuid(filterByTk)
    ? await ctx.db.getRepository(DELIVERIES_COLLECTION).findOne({ filterByTk, fields: [...SHOWN_FIELDS] })
    : null;
  if (!found) {
    ctx.throw(404, 'There is no such delivery.');
  }
  const [delivery] = await withWorkflows(ctx.db, [toPlain(found)]);
  ctx.body = delivery;
  await next();
}

/**
 * A filter in NocoBase's own form, as every database can be asked it. Answers with 400 where it can't be used, or asks
 * for what nobody is shown.
 */
export function readFilter(ctx: Context, filter: unknown): ParsedFilter {
  try {
    return parseFilter(filter, { escapesPatterns: ctx.db.sequelize.getDialect() !== 'sqlite' });
  } catch (error) {
    if (error instanceof FilterError) {
      ctx.throw(400, error.message, { code: 'INVALID_FILTER' });
    }
    throw error;
  }
}

type Plain = Record<string, unknown>;

function toPlain(model: { toJSON(): Plain }): Plain {
  return model.toJSON();
}

/** Adds their workflows' current versions, and what these are called; null where it is deleted. */
async function withWorkflows(db: Database, rows: readonly Plain[]): Promise<Plain[]> {
  const keys = [...new Set(rows.flatMap(({ key }) => (typeof key === 'string' ? key : [])))];
  const workflows =
    keys.length > 0
      ? await db
          .getRepository('workflows')
          .find({ filter: { 'key.$in': keys, current: true }, fields: ['id', 'key', 'title'] })
      : [];
  const byKey = new Map<unknown, Model>(workflows.map((workflow: Model) => [workflow.get('key'), workflow]));
  return rows.map((row) => {
    const workflow = byKey.get(row.key);
    return { ...row, workflowTitle: workflow?.get('title') ?? null, currentWorkflowId: workflow?.get('id') ?? null };
  });
}
