import { WebhookError } from '../../common/errors';
import type { NamedVariable } from '../../common/requestVariables';
import type { WebhookContext } from '../pipeline/types';
import { setOwn } from '../setOwn';
import { Allowance, UNITS } from './Allowance';
import { ITEM, weigh } from './weigh';
import { because } from '../../common/reasons/reason';

/** The values stand in the context beside the body: so many times it they may take, however small it is. */
const COPIES = 2;

/**
 * What `$context.vars` holds: the values of variables by their aliases, of those that the request has. A path through a
 * list gives the column, as in NocoBase's own templates. Work and size are bounded by the body, whatever is declared and
 * sent: beyond it, `INVALID_DATA`.
 */
export function namedValues(
  variables: readonly NamedVariable[],
  context: Pick<WebhookContext, NamedVariable['group']>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  if (variables.length === 0) {
    return values;
  }
  const allowance = new Allowance(
    'the variables with an alias stand for too much',
    Math.max(UNITS, COPIES * weigh(context.data, Infinity)),
  );
  try {
    for (const { group, names, alias } of variables) {
      const value = valueAt(context[group], names, allowance);
      if (value !== undefined) {
        allowance.spend(weigh(value, Infinity));
        setOwn(values, alias, value);
      }
    }
  } catch (cause) {
    throw new WebhookError('INVALID_DATA', { reason: because('VARIABLES_TOO_LARGE'), cause });
  }
  return values;
}

/** Units for each item of a list of which a column is taken: it is looked up in, and the column is kept. */
const COLUMN = 2 * ITEM;

function valueAt(value: unknown, names: readonly string[], allowance: Allowance): unknown {
  let found = value;
  for (const name of names) {
    found = member(found, name, allowance);
  }
  return found;
}

/** Of a list, where `name` is no position in it: the column, with null for the items that lack it. */
function member(value: unknown, name: string, allowance: Allowance): unknown {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if (!Array.isArray(value)) {
    return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  }
  if (POSITION.test(name)) {
    return (value as unknown[])[Number(name)];
  }
  allowance.spend(value.length * COLUMN);
  const column: unknown[] = [];
  let isThere = false;
  for (const item of value) {
    const found = member(item, name, allowance);
    isThere ||= found !== undefined;
    if (Array.isArray(found)) {
      // Not spread: a list may be longer than a call has room for.
      found.forEach((inner) => column.push(inner));
    } else {
      column.push(found ?? null);
    }
  }
  return isThere ? column : undefined;
}

const POSITION = /^\d+$/;
