// The part of autocannon that is used: it ships no types of its own.
declare module 'autocannon' {
  interface Request {
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    body?: string | Buffer;
    setupRequest?: (request: Request) => Request;
  }

  interface Options extends Omit<Request, 'setupRequest'> {
    url: string;
    connections: number;
    /** Seconds. */
    duration?: number;
    /** Requests in all; takes the place of `duration`. */
    amount?: number;
    /** Seconds that a request may take. */
    timeout?: number;
    requests?: Request[];
  }

  interface Result {
    /** Seconds. */
    duration: number;
    errors: number;
    timeouts: number;
    non2xx: number;
    '2xx': number;
    /** Milliseconds. */
    latency: { p50: number; p99: number; max: number };
  }

  export default function autocannon(options: Options): Promise<Result>;
}
