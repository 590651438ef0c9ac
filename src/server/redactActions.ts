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

/** The same value where there is nothing to take out. */
function withoutAuth(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) {
    return REDACTED;
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => withoutAuth(item, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isRecord(value)) {
    return value;
  }
  const entries = Object.entries(value);
  const kept = entries.map(([name, item]) =>
    name === 'config' ? configWithoutAuth(item, depth + 1) : withoutAuth(item, depth + 1),
  );
  return kept.some((item, index) => item !== entries[index]?.[1])
    ? Object.fromEntries(entries.map(([name], index) => [name, kept[index]]))
    : value;
}

/** Written as text it is refused, but what was typed stands in it all the same. */
function configWithoutAuth(config: unknown, depth: number): unknown {
  if (typeof config === 'string') {
    return config.includes('auth') ? REDACTED : config;
  }
  return isRecord(config) && 'auth' in config ? { ...config, auth: REDACTED } : withoutAuth(config, depth);
}
