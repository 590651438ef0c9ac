import type { Context, Next } from '@nocobase/actions';
import type { Database, Filter, Model } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../common/deliveries';
import { isRecord } from '../../common/rules';
import { fieldsOf, forbiddenField, orderOf, SHOWN_FIELDS, sortOf } from './deliveryFilter';

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 200;

/**
 * `webhookDeliveries:list`: `filter`, `sort`, `page` and `pageSize` as everywhere in NocoBase. With `simplePaginate` the
 * rows are not counted, and the answer says whether there are more: among a million, counting takes longest.
 */
export async function listDeliveries(ctx: Context, next: Next): Promise<void> {
  const { params } = ctx.action;
  const filter = readFilter(ctx, params.filter);
  const sort = sortOf(params.sort);
  if (!sort) {
    ctx.throw(400, 'Deliveries can not be sorted by this.');
  }
  const page = positive(params.page, 1);
  const pageSize = Math.min(positive(params.pageSize, DEFAULT_PAGE_SIZE), MAX_PAGE_SIZE);
  const offset = (page - 1) * pageSize;
  const query = { filter, fields: fieldsOf(params.fields), offset, ...orderOf(sort ?? []) };
  const repository = ctx.db.getRepository(DELIVERIES_COLLECTION);
  if (params.simplePaginate === true || params.simplePaginate === 'true') {
    const found = await repository.find({ ...query, limit: pageSize + 1 });
    const rows = await withTitles(ctx.db, found.slice(0, pageSize).map(toPlain));
    ctx.body = { rows, page, pageSize, hasNext: found.length > pageSize };
  } else {
    const found = await repository.find({ ...query, limit: pageSize });
    const count = await repository.count({ filter });
    const rows = await withTitles(ctx.db, found.map(toPlain));
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
  const [delivery] = await withTitles(ctx.db, [toPlain(found)]);
  ctx.body = delivery;
  await next();
}

/** A filter in NocoBase's own form. Answers with 400 where it asks for what nobody is shown. */
export function readFilter(ctx: Context, filter: unknown): Filter {
  const forbidden = forbiddenField(filter);
  if (forbidden !== null || (filter != null && !isRecord(filter))) {
    ctx.throw(
      400,
      forbidden === null ? 'The filter is not an object.' : `Deliveries can not be filtered by ${forbidden}.`,
    );
  }
  return (filter ?? {}) as Filter;
}

/** Whether it can be a delivery's id: PostgreSQL fails on what is no UUID. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
}

type Plain = Record<string, unknown>;

function toPlain(model: { toJSON(): Plain }): Plain {
  return model.toJSON();
}

/** Adds the titles of their workflows; null where it is deleted. */
async function withTitles(db: Database, rows: readonly Plain[]): Promise<Plain[]> {
  const keys = [...new Set(rows.flatMap(({ key }) => (typeof key === 'string' ? key : [])))];
  const workflows =
    keys.length > 0
      ? await db
          .getRepository('workflows')
          .find({ filter: { 'key.$in': keys, current: true }, fields: ['key', 'title'] })
      : [];
  const titles = new Map<unknown, unknown>(
    workflows.map((workflow: Model) => [workflow.get('key'), workflow.get('title')]),
  );
  return rows.map((row) => ({ ...row, workflowTitle: titles.get(row.key) ?? null }));
}

function positive(value: unknown, fallback: number): number {
  const number = Math.trunc(Number(value));
  return number > 0 ? number : fallback;
}
