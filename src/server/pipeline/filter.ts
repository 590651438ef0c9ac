import type { FilterGroup } from '../../common/config';
import { Condition } from '../templates/Condition';
import { render } from '../templates/render';
import { providerAnswer } from '../reply/providerAnswer';
import { requestScope } from '../templates/scope';
import { buildContext } from './context';
import { reportedPath } from './reportedPath';
import type { Services } from './stage';
import { EarlyAnswer, type Parsed } from './types';

/** Lets through what meets the webhook's condition. All else is answered, as the sender did nothing wrong, and starts nothing. */
export function filter(delivery: Parsed, services: Services): Parsed | EarlyAnswer {
  const { filter: condition, filterOnError } = delivery.endpoint.config;
  if (!condition) {
    return delivery;
  }
  try {
    const filled = render(condition, requestScope(buildContext(delivery), services));
    if (new Condition().isMet(filled as FilterGroup)) {
      return delivery;
    }
  } catch (error) {
    services.report({
      path: reportedPath(delivery),
      code: 'FILTER_FAILED',
      reason: `${error instanceof Error ? error.message : String(error)}; ${filterOnError === 'start' ? 'started' : 'ignored'}`,
    });
    if (filterOnError === 'start') {
      return delivery;
    }
  }
  const { reply } = delivery.verification;
  return new EarlyAnswer(reply ? providerAnswer(reply) : IGNORED, {
    status: 'ignored',
    reason: 'the filter is not met',
  });
}

const IGNORED = {
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ ignored: true }),
};
