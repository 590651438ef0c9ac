import { WebhookError } from '../../../common/errors';
import type { WebhookContext } from '../../pipeline/types';
import { namedValues } from '../../templates/namedValues';
import type { ClaimRequest } from '../model/run';

/**
 * A delivery that waited while its webhook got another version, as that one's nodes expect it: with the variables that it
 * has an alias for. As text: the reason why it can't be started so.
 */
export function inVersion({ endpoint, delivery }: ClaimRequest): ClaimRequest | string {
  if (String(delivery.workflowId) === String(endpoint.workflowId)) {
    return { endpoint, delivery };
  }
  const before = delivery.context as WebhookContext;
  try {
    const context = { ...before, vars: namedValues(endpoint.variables, before) };
    return { endpoint, delivery: { ...delivery, context, text: JSON.stringify(context) } };
  } catch (error) {
    if (error instanceof WebhookError) {
      return error.options.reason ?? error.message;
    }
    throw error;
  }
}
