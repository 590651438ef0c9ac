import type { Seen } from '../deliveries/model/rows';
import type { RequestOutcome } from '../metrics/RequestMetrics';
import { redactorOf } from '../redaction';
import type { Services } from './stage';
import type { Matched, Received, Stored } from './types';

/** A request, however far it came. */
type Counted = Received & Partial<Matched & Stored>;

/**
 * Counts a request that was answered: for NocoBase's telemetry, and for its webhook's statistics, where it counts as
 * accepted once it is stored, whatever its run comes to.
 * @param milliseconds from its arrival to the answer
 */
export function count(
  delivery: Counted,
  outcome: RequestOutcome,
  milliseconds: number,
  { metrics, stats }: Pick<Services, 'metrics' | 'stats'>,
): void {
  metrics.observe(outcome, milliseconds);
  // Of one whose method no webhook at this URL takes: the first of them.
  const endpoint = delivery.endpoint ?? delivery.candidates?.[0]?.endpoint;
  if (endpoint) {
    stats.count(endpoint.key, shownEvent(delivery), delivery.run ? 'accepted' : nameOf(outcome), milliseconds);
  }
}

function nameOf(outcome: RequestOutcome): string {
  return outcome.kind === 'rejected' ? outcome.code : outcome.kind;
}

/** The type of its event, which may stand where a credential does. */
function shownEvent(delivery: Counted): string | null {
  const { event } = delivery;
  return event && hasEndpoint(delivery) ? redactorOf(delivery).text(event) : null;
}

function hasEndpoint(delivery: Counted): delivery is Counted & Seen {
  return delivery.endpoint !== undefined;
}
