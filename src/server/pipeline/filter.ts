import type { FilterGroup } from '../../common/config';
import { Condition } from '../templates/Condition';
import { render } from '../templates/render';
import { requestScope } from '../templates/scope';
import { buildContext } from './context';
import { ignored } from './ignored';
import { reportedPath } from './reportedPath';
import type { Services } from './stage';
import type { EarlyAnswer, WithEvent } from './types';

/** Lets through what meets the webhook's condition. All else is answered, as the sender did nothing wrong, and starts nothing. */
export function filter(delivery: WithEvent, services: Services): WithEvent | EarlyAnswer {
  const { filter: condition, filterOnError } = delivery.endpoint.config;
  if (!condition) {
    return delivery;
  }
  const scope = requestScope(buildContext(delivery), services);
  try {
    const filled = render(condition, scope);
    if (new Condition().isMet(filled as FilterGroup)) {
      return delivery;
    }
  } catch (error) {
    services.report({
      path: reportedPath(delivery, services.routes),
      code: 'FILTER_FAILED',
      reason: `${error instanceof Error ? error.message : String(error)}; ${filterOnError === 'start' ? 'started' : 'ignored'}`,
    });
    if (filterOnError === 'start') {
      return delivery;
    }
  }
  return ignored(delivery, 'the filter is not met');
}
