import type { Context } from '@nocobase/actions';
import type { Filter } from '@nocobase/database';
import { isRecord } from '../../common/rules';
import { readFilter } from './deliveryActions';
import { isUuid } from './ids';

const NO_FILTER = 'Say which deliveries are meant, by a filter with at least one condition.';

/** The delivery that an action is about. */
export function readId(ctx: Context): string {
  const { filterByTk } = ctx.action.params;
  if (!isUuid(filterByTk)) {
    ctx.throw(400, 'filterByTk is not an id.');
  }
  return filterByTk as string;
}

/**
 * Which deliveries an action on many is about, from `filter` of the body or of the query. One that names none is
 * refused: left out, or lost on its way, it must never mean all.
 */
export function readSelection(ctx: Context): Filter {
  const { values, filter } = ctx.action.params as { values?: unknown; filter?: unknown };
  const given = [isRecord(values) ? values.filter : undefined, filter].filter((each) => each !== undefined);
  if (given.length !== 1) {
    ctx.throw(400, given.length === 0 ? NO_FILTER : 'Give one filter: in the body, or in the query.', {
      code: 'INVALID_FILTER',
    });
  }
  const parsed = readFilter(ctx, given[0]);
  if (parsed.conditions === 0) {
    ctx.throw(400, NO_FILTER, { code: 'INVALID_FILTER' });
  }
  return parsed.filter;
}

/** A switch among an action's values; left out, it is as `fallback` says. Anything but true or false is refused. */
export function readFlag(ctx: Context, name: string, fallback: boolean): boolean {
  const { values, [name]: inQuery } = ctx.action.params as Record<string, unknown>;
  const given = (isRecord(values) ? values[name] : undefined) ?? inQuery ?? fallback;
  if (given !== true && given !== false && given !== 'true' && given !== 'false') {
    ctx.throw(400, `${name} is neither true nor false.`);
  }
  return given === true || given === 'true';
}
