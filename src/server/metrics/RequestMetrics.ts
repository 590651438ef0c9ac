import type { Application } from '@nocobase/server';
import type { ErrorCode } from '../../common/errors';

/** NocoBase's OpenTelemetry meter; null: telemetry is switched off. */
export type Meter = ReturnType<Application['telemetry']['metric']['getMeter']>;

/** What became of a request. */
export type RequestOutcome =
  { kind: 'accepted' } | { kind: 'ignored' } | { kind: 'duplicate' } | { kind: 'rejected'; code: ErrorCode };

/** Counts requests and how long they took. Costs nothing where telemetry is off. */
export interface RequestMetrics {
  /** @param milliseconds from the first stage to the answer */
  observe(outcome: RequestOutcome, milliseconds: number): void;
}

const NOTHING: RequestMetrics = { observe() {} };

/** The instruments on NocoBase's meter; their names are in `docs/deliveries.md`. */
export function requestMetrics(meter: Meter): RequestMetrics {
  if (!meter) {
    return NOTHING;
  }
  const counters = {
    accepted: meter.createCounter('webhook.accepted', {
      description: 'Deliveries that started, or will start, a workflow',
    }),
    ignored: meter.createCounter('webhook.ignored', { description: 'Deliveries left out by a filter, and handshakes' }),
    duplicate: meter.createCounter('webhook.duplicates', { description: 'Repeats of earlier deliveries' }),
    rejected: meter.createCounter('webhook.rejected', { description: 'Refused requests, by error code' }),
  };
  const duration = meter.createHistogram('webhook.duration', {
    description: 'Time from the arrival of a request to its answer',
    unit: 'ms',
  });
  return {
    observe(outcome, milliseconds) {
      counters[outcome.kind].add(1, outcome.kind === 'rejected' ? { code: outcome.code } : {});
      duration.record(milliseconds, { outcome: outcome.kind });
    },
  };
}
