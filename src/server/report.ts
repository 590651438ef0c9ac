/** Where a report goes; NocoBase's logger has this shape. */
export interface ReportLog {
  warn(message: string, meta: Record<string, unknown>): void;
}

/** What is told of a request that was refused or went wrong. */
export interface ReportedEvent {
  /** Below `webhooks/`. */
  path: string;
  code: string;
  reason: string;
}

const WINDOW = 10_000;
const MAX_IN_WINDOW = 20;

/**
 * Writes events to the log, at most {@link MAX_IN_WINDOW} in {@link WINDOW} milliseconds: whoever floods a
 * webhook can't flood the log. How many were left out is told with the next one that is written.
 */
export function boundedReport(log: ReportLog, clock: () => number = Date.now): (event: ReportedEvent) => void {
  let windowStart = clock();
  let written = 0;
  let omitted = 0;
  return (event) => {
    const now = clock();
    if (now - windowStart >= WINDOW) {
      windowStart = now;
      written = 0;
    }
    if (written >= MAX_IN_WINDOW) {
      omitted++;
      return;
    }
    written++;
    log.warn(`webhook: ${event.code}`, { ...event, ...(omitted > 0 ? { omitted } : {}) });
    omitted = 0;
  };
}
