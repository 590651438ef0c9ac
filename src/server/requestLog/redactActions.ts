import type { Context, Next } from '@nocobase/actions';
import { loggableParameter, loggableValues } from './loggable';

/**
 * Takes settings out of what was sent to an action, once it is done: NocoBase's request log writes down every action with
 * all of its values, and secrets come in as they were typed. A workflow can be written by way of whatever leads to it
 * (its category, an execution), so that this is done to every action.
 */
export async function redactSavedSecrets(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } finally {
    const { params = {}, resourceName } = ctx.action;
    for (const [name, value] of Object.entries(params as Record<string, unknown>)) {
      params[name] =
        name === 'values' ? loggableValues(value, resourceName) : loggableParameter(value, name, resourceName);
    }
  }
}
