import type { Context, Next } from '@nocobase/actions';
import { REDACTED } from '../common/deliveries';
import { isRecord } from '../common/rules';

/** `workflows`, or a relation that leads there, such as `categories.workflows`. */
const WORKFLOWS = /(^|\.)workflows$/;

/**
 * Takes the verification settings out of what a maker saved, once it is saved: NocoBase's request log writes down
 * every action with all of its values, and secrets come in as they were typed.
 */
export async function redactSavedSecrets(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } finally {
    const { resourceName, params } = ctx.action;
    if (WORKFLOWS.test(resourceName) && params?.values) {
      params.values = Array.isArray(params.values) ? params.values.map(withoutAuth) : withoutAuth(params.values);
    }
  }
}

function withoutAuth(values: unknown): unknown {
  return isRecord(values) && isRecord(values.config) && 'auth' in values.config
    ? { ...values, config: { ...values.config, auth: REDACTED } }
    : values;
}
