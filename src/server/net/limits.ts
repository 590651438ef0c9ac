import type { BudgetLimits } from './budget/Budget';

/** What one NocoBase process takes on. Each has an environment variable. */
export interface ProcessLimits extends BudgetLimits {
  /** Attempts in a minute that one address may make at one webhook without being verified. */
  failures: number;
}

const VARIABLES = {
  WEBHOOK_MAX_IN_FLIGHT: { limit: 'inFlight', default: 1000 },
  WEBHOOK_MAX_BUFFERED_BYTES: { limit: 'bytes', default: 256 * 1024 * 1024 },
  WEBHOOK_MIN_BODY_RATE: { limit: 'bodyRate', default: 240 },
  WEBHOOK_MAX_FAILURES: { limit: 'failures', default: 300 },
} as const satisfies Record<string, { limit: keyof ProcessLimits; default: number }>;

/** Reads the limits from the environment; `report` is told of a value that can't be used, and the default applies. */
export function limitsFrom(
  environment: Record<string, string | undefined>,
  report: (problem: string) => void,
): ProcessLimits {
  const entries = Object.entries(VARIABLES).map(([name, { limit, default: fallback }]) => {
    const text = environment[name] ?? '';
    if (/^[1-9]\d{0,14}$/.test(text)) {
      return [limit, Number(text)];
    }
    if (text !== '') {
      report(`${name}: "${text}" is not a whole number above zero; ${fallback} applies`);
    }
    return [limit, fallback];
  });
  return Object.fromEntries(entries) as ProcessLimits;
}
