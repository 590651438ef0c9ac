import type { IncomingMessage } from 'node:http';

/**
 * A request's headers as Node gives them, but for a doubled `authorization`: of two, Node keeps the first, and a proxy
 * may have looked at the other. Both are there, so that whoever verifies one can refuse.
 */
export function receivedHeaders({ headers, rawHeaders }: IncomingMessage): Record<string, string | string[]> {
  // Its type allows for headers that are not there; Node leaves them out.
  const received = headers as Record<string, string | string[]>;
  if (headers.authorization === undefined) {
    return received;
  }
  const values = rawHeaders.filter(
    (_value, index) => rawHeaders[index - 1]?.toLowerCase() === 'authorization' && index % 2 === 1,
  );
  return values.length > 1 ? { ...received, authorization: values } : received;
}
