import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { answerBeforeRefusing } from '../../../../src/server/net/answerBeforeRefusing';
import { exchange, type RawPart } from '../../../support/rawHttp';

let server: Server;
let url: string;

/** Reads the body and answers with it, after a while. */
async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request) {
      pieces.push(piece as Buffer);
    }
  } catch {
    return;
  }
  await delay(50);
  response.end(Buffer.concat(pieces));
}

beforeAll(async () => {
  server = createServer((request, response) => void echo(request, response));
  answerBeforeRefusing(server);
  answerBeforeRefusing(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

const post = (body: string) => `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const CHUNKED = 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n';

it.each<[string, RawPart[], [number, string][]]>([
  [
    'what is no HTTP behind a request',
    [`${post('a')}<garbage>`],
    [
      [200, 'a'],
      [400, ''],
    ],
  ],
  [
    'the same behind two requests',
    [`${post('a')}${post('b')}<garbage>`],
    [
      [200, 'a'],
      [200, 'b'],
      [400, ''],
    ],
  ],
  [
    'the same, once the answer is out',
    [post('a'), 300, '<garbage>'],
    [
      [200, 'a'],
      [400, ''],
    ],
  ],
  ['a body that is no HTTP itself', [`${CHUNKED}zz\r\n`], [[400, '']]],
  ['a request that is none', ['<garbage>\r\n\r\n'], [[400, '']]],
  ['headers beyond measure', [`GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`], [[431, '']]],
])('%s', async (_what, parts, expected) => {
  const { answers, closed, took } = await exchange(url, parts, 2_000);
  expect(answers.map(({ status, body }) => [status, body])).toEqual(expected);
  expect(closed).toBe(true);
  expect(took).toBeLessThan(1_500);
});
