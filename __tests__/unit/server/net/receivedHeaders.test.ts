import type { IncomingMessage } from 'node:http';
import { receivedHeaders } from '../../../../src/server/net/receivedHeaders';

/** As Node has them: of these headers the first counts. */
function received(...lines: [name: string, value: string][]) {
  const headers = Object.fromEntries(lines.map(([name, value]) => [name.toLowerCase(), value]).reverse());
  return receivedHeaders({ headers, rawHeaders: lines.flat() } as unknown as IncomingMessage);
}

it.each<[string, [string, string][], object]>([
  [
    'one of each',
    [
      ['Authorization', 'a'],
      ['Content-Type', 'text/plain'],
    ],
    { authorization: 'a', 'content-type': 'text/plain' },
  ],
  [
    'two credentials',
    [
      ['Authorization', 'a'],
      ['authorization', 'b'],
    ],
    { authorization: ['a', 'b'] },
  ],
  [
    'a type twice',
    [
      ['Content-Type', 'text/plain'],
      ['content-type', 'text/plain '],
    ],
    { 'content-type': 'text/plain' },
  ],
  [
    'two types',
    [
      ['Content-Type', 'text/plain'],
      ['X', 'content-type'],
      ['CONTENT-TYPE', 'application/xml'],
    ],
    { 'content-type': 'text/plain, application/xml', x: 'content-type' },
  ],
])('%s', (_what, lines, headers) => {
  expect(received(...lines)).toEqual(headers);
});
