import { WebhookError } from '../../../common/errors';
import type { WebhookContext } from '../../pipeline/types';
import { namedValues } from '../../templates/namedValues';
import type { ClaimRequest } from '../model/run';
import type { Reason } from '../../../common/reasons/reason';

/**
 * A delivery that waited while its webhook got another version, as that one's nodes expect it: with the variables that it
 * has an alias for. Or why it can't be started so.
 */
export function inVersion({ endpoint, delivery }: ClaimRequest): ClaimRequest | { reason: Reason } {
  if (String(delivery.workflowId) === String(endpoint.workflowId)) {
    return { endpoint, delivery };
  }
  const before = delivery.context as WebhookContext;
  try {
    const context = { ...before, vars: namedValues(endpoint.variables, before) };
    return { endpoint, delivery: { ...delivery, context, text: JSON.stringify(context) } };
  } catch (error) {
    if (error instanceof WebhookError) {
      return { reason: error.options.reason };
    }
    throw error;
  }
}
