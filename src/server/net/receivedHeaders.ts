import type { IncomingMessage } from 'node:http';

type Headers = Record<string, string | string[]>;

/**
 * A request's headers as Node gives them, but for two of which it keeps the first: a doubled `authorization`, since a
 * proxy may have looked at the other, is there as a list, so that whoever verifies one can refuse; and a `content-type`
 * that is there again as something else is both of them in one text, as HTTP has headers that are lists, so that the body
 * is not read by one of two.
 */
export function receivedHeaders({ headers, rawHeaders }: IncomingMessage): Headers {
  // Its type allows for headers that are not there; Node leaves them out.
  const received = headers as Headers;
  const credentials = valuesOf(rawHeaders, 'authorization');
  const types = new Set(valuesOf(rawHeaders, 'content-type').map((type) => type.trim()));
  return {
    ...received,
    ...(credentials.length > 1 && { authorization: credentials }),
    ...(types.size > 1 && { 'content-type': [...types].join(', ') }),
  };
}

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
