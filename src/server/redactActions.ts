import type { Context, Next } from '@nocobase/actions';
import { REDACTED } from '../common/deliveries';
import { isRecord } from '../common/rules';

/**
 * Takes verification settings out of what was sent to an action, once it is done: NocoBase's request log writes down
 * every action with all of its values, and secrets come in as they were typed. A workflow can be written by way of
 * whatever leads to it (its category, an execution), so they are known by their shape, wherever they stand.
 */
export async function redactSavedSecrets(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } finally {
    const { params } = ctx.action;
    if (params?.values) {
      params.values = withoutAuth(params.values);
    }
  }
}

/** No values that NocoBase can use nest deeper. */
const MAX_DEPTH = 100;

/** Between the steps of a name that stands for a path, as `config.auth.secrets` or `config[auth]`. */
const STEPS = /[.[\]]+/;

/**
 * The same value where there is nothing to take out.
 * @param inConfig whether it stands in a configuration: there all that is called `auth` goes
 */
function withoutAuth(value: unknown, inConfig = false, depth = 0): unknown {
  if (depth > MAX_DEPTH) {
    return REDACTED;
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => withoutAuth(item, inConfig, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isRecord(value)) {
    // Settings written as text are refused, but what was typed stands in it all the same.
    return inConfig && typeof value === 'string' && value.includes('auth') ? REDACTED : value;
  }
  const entries = Object.entries(value);
  const kept = entries.map(([name, item]) => {
    const steps = name.split(STEPS);
    const inside = inConfig ? 0 : steps.indexOf('config') + 1;
    const isInside = inConfig || inside > 0;
    return isInside && steps.includes('auth', inside) ? REDACTED : withoutAuth(item, isInside, depth + 1);
  });
  return kept.some((item, index) => item !== entries[index]?.[1])
    ? Object.fromEntries(entries.map(([name], index) => [name, kept[index]]))
    : value;
}
