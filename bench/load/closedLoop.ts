import autocannon, { type Request } from 'autocannon';

/** Callers at a time, unless a row says otherwise. */
const CONNECTIONS = 32;

/** Seconds that a caller waits for its answer. */
const TIMEOUT = 30;

export interface Call {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Changes each request before it goes out. */
  vary?: (request: Request) => Request;
}

export interface Answers {
  /** Answers with a 2xx, a second. */
  accepted: number;
  /** All answers, a second. */
  answered: number;
  /** Answers other than 2xx, and calls that got none. */
  others: number;
  /** For how long calls were made. */
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** So many callers, each of which calls again as soon as it has its answer. */
export async function closedLoop(
  { url, vary, ...call }: Call,
  limit: { seconds: number } | { requests: number },
  connections = CONNECTIONS,
): Promise<Answers> {
  const result = await autocannon({
    url,
    ...call,
    connections,
    timeout: TIMEOUT,
    ...('seconds' in limit ? { duration: limit.seconds } : { amount: limit.requests }),
    ...(vary ? { requests: [{ ...call, setupRequest: vary }] } : {}),
  });
  return {
    accepted: result['2xx'] / result.duration,
    answered: (result['2xx'] + result.non2xx) / result.duration,
    others: result.non2xx + result.errors,
    seconds: result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}
