import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebhookError } from '../../../../src/common/errors';
import { inviteBodiesLate } from '../../../../src/server/net/inviteBodiesLate';
import { Pieces } from '../../../../src/server/net/Pieces';
import { receiveBody } from '../../../../src/server/net/receiveBody';
import { sendAnswer } from '../../../../src/server/net/sendAnswer';
import { UnsentAnswers } from '../../../../src/server/net/UnsentAnswers';
import { exchange, head, type RawPart } from '../../../support/rawHttp';
import { because } from '../../../../src/common/reasons/reason';

const LIMIT = 1000;
/** Milliseconds without a byte after which no more is waited for: a busy machine lets some pass. */
const QUIET = 3_000;
const unsent = new UnsentAnswers(1 << 20);
const PACE = { timeout: 400, grace: 400, minRate: 1 };

let server: Server;
let url: string;
let pace = PACE;
let limit = LIMIT;
let handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
/** What the last request came to. */
let outcome: string | undefined;

beforeAll(async () => {
  server = createServer((request, response) => void handle(request, response));
  inviteBodiesLate(server);
  inviteBodiesLate(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

beforeEach(() => {
  outcome = undefined;
  pace = PACE;
  limit = LIMIT;
  handle = async (request, response) => {
    // As in NocoBase, where some time passes before a request gets to us.
    await new Promise(setImmediate);
    const hold = (bytes: number) => {
      if (bytes === 666) {
        throw new WebhookError('OVERLOADED', { reason: because('NOT_TAKEN_NOW', { detail: 'displaced' }) });
      }
    };
    const status = await receiveBody(request, { limit, pace, hold }).then(
      (body) => {
        outcome = body.toString();
        return 200;
      },
      (error: WebhookError) => {
        outcome = error.code;
        return error.status;
      },
    );
    sendAnswer(request, response, { status, headers: {}, body: `answered ${status}` }, unsent);
  };
});

const post = (headers: Record<string, string | number>) => head('POST', 'http://127.0.0.1/hook', headers);
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const chunked = post({ 'transfer-encoding': 'chunked' });

describe('a body in many pieces', () => {
  it.each<[string, number[]]>([
    ['one', [5]],
    ['none', []],
    ['small ones', Array(9_000).fill(1)],
    ['small ones among large ones', [3, 20_000, 1, 1, 16_383, 16_384, 2]],
    ['just more than fit together', [1, 16_000, 384, 1]],
  ])('of %s is what was sent', (_what, sizes) => {
    const sent = sizes.map((size, index) => Buffer.alloc(size, `${index}`));
    const pieces = new Pieces();
    sent.forEach((piece) => pieces.add(piece));
    expect(pieces.joined().equals(Buffer.concat(sent))).toBe(true);
    expect(pieces.size).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect(pieces.areTooMany).toBe(false);
  });

  it('may be in more of them the longer it is', () => {
    const pieces = new Pieces();
    pieces.add(Buffer.alloc(64_000));
    const addUntilTooMany = () => {
      let added = 0;
      for (; !pieces.areTooMany; added += 1) {
        pieces.add(Buffer.from('x'));
      }
      return added;
    };
    const most = addUntilTooMany();
    expect(most).toBeGreaterThan(11_000);
    expect(most).toBeLessThan(11_500);
  });
});

it.each<[string, RawPart[], string, number[]]>([
  ['no body', [post({ 'content-length': 0 })], '', [200]],
  ['no length at all', [post({})], '', [200]],
  ['a body with its length', [`${post({ 'content-length': 5 })}hello`], 'hello', [200]],
  ['a body in pieces', [post({ 'content-length': 5 }), 'he', 50, 'llo'], 'hello', [200]],
  ['chunks', [chunked, chunk('hel'), 20, chunk('lo'), '0\r\n\r\n'], 'hello', [200]],
  ['chunks with an extension and a trailer', [chunked, '5;a=b\r\nhello\r\n0\r\nx-trailer: 1\r\n\r\n'], 'hello', [200]],
  ['exactly the limit', [`${post({ 'content-length': LIMIT })}${'x'.repeat(LIMIT)}`], 'x'.repeat(LIMIT), [200]],
  ['a declared length above the limit', [post({ 'content-length': LIMIT + 1 })], 'BODY_TOO_LARGE', [413]],
  ['chunks above the limit', [chunked, chunk('x'.repeat(LIMIT)), chunk('y')], 'BODY_TOO_LARGE', [413]],
  ['a sender who stops', [post({ 'content-length': 5 }), 'he'], 'BODY_TIMEOUT', [408]],
  [
    'a sender who drips',
    [chunked, ...Array.from({ length: 12 }, () => [chunk('x'), 60]).flat()],
    'BODY_TIMEOUT',
    [408],
  ],
  ['a body for which there is no room', [`${post({ 'content-length': 666 })}${'x'.repeat(666)}`], 'OVERLOADED', [503]],
  ['bytes after the end', [`${post({ 'content-length': 5 })}helloGET`], 'hello', [200]],
])('%s', async (_what, parts, expected, statuses) => {
  const { answers } = await exchange(url, parts, QUIET);
  expect(outcome).toBe(expected);
  expect(answers.map(({ status }) => status).slice(0, statuses.length)).toEqual(statuses);
});

it('refuses a body that comes byte by byte, and listens to no more of it than that', async () => {
  limit = 100_000;
  pace = { ...PACE, timeout: 20_000, grace: 20_000 };
  const { answers } = await exchange(url, [chunked, ...Array<string>(5).fill(chunk('x').repeat(5_000))], QUIET);
  expect(outcome).toBe('BODY_MALFORMED');
  expect(answers).toMatchObject([{ status: 400 }]);
});

it.each<[string, RawPart[]]>([
  ['a size that is no number', [chunked, 'ZZ\r\nhello\r\n']],
  ['a chunk longer than it says', [chunked, '2\r\nhello\r\n']],
  ['two lengths', ['POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!']],
  [
    'a length and chunks',
    ['POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ],
])('Node itself refuses %s, and nothing hangs', async (_what, parts) => {
  const { answers, closed } = await exchange(url, parts, QUIET);
  expect(answers.map(({ status }) => status)).toEqual([400]);
  expect(closed).toBe(true);
});

it('ends on an upload that breaks off', async () => {
  await exchange(url, [post({ 'content-length': 5 }), 'he', 30], 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(outcome).toBe('BODY_MALFORMED');
});

it('keeps the connection where the whole request is there, and ends it where it is not', async () => {
  const whole = `${post({ 'content-length': 5 })}hello`;
  const twice = await exchange(url, [whole + whole]);
  expect(twice).toMatchObject({ answers: [{ status: 200 }, { status: 200 }], closed: false });
  const refused = await exchange(url, [post({ 'content-length': LIMIT + 1 })], 2500);
  expect(refused).toMatchObject({ answers: [{ status: 413, headers: { connection: 'close' } }], closed: true });
});

it('keeps the connection of a refused request whose body came along with its head', async () => {
  handle = (request, response) => sendAnswer(request, response, { status: 405, headers: {}, body: '' }, unsent);
  const { answers, closed } = await exchange(url, [`${post({ 'content-length': 5 })}hello`]);
  expect(answers).toMatchObject([{ status: 405 }]);
  expect(answers[0]?.headers.connection).not.toBe('close');
  expect(closed).toBe(false);
});

it('lets a caller who is still sending read the refusal', async () => {
  const megabyte = 'x'.repeat(1024 * 1024);
  const { answers, closed } = await exchange(
    url,
    [post({ 'content-length': 8 * 1024 * 1024 }), ...Array<string>(8).fill(megabyte)],
    3000,
  );
  expect(answers).toMatchObject([{ status: 413, body: 'answered 413' }]);
  expect(closed).toBe(true);
});

describe('Expect: 100-continue', () => {
  const expecting = (length: number) => post({ 'content-length': length, expect: '100-continue' });

  it('invites a body that is read', async () => {
    const { answers } = await exchange(url, [expecting(5), 100, 'hello']);
    expect(answers.map(({ status }) => status)).toEqual([100, 200]);
    expect(outcome).toBe('hello');
  });

  it('does not invite one that is refused, and ends the connection', async () => {
    const { answers, closed } = await exchange(url, [expecting(LIMIT + 1)], 2500);
    expect(answers.map(({ status }) => status)).toEqual([413]);
    expect(closed).toBe(true);
  });

  it('invites whoever else reads, by `data` or by iterating', async () => {
    handle = async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request as AsyncIterable<Buffer>) {
        pieces.push(piece);
      }
      response.end(Buffer.concat(pieces));
    };
    const { answers } = await exchange(url, [expecting(5), 100, 'hello']);
    expect(answers.map(({ status }) => status)).toEqual([100, 200]);
  });
});

it('answers HEAD and bodiless statuses with no body', async () => {
  handle = (request, response) =>
    sendAnswer(request, response, { status: request.url === '/204' ? 204 : 200, headers: {}, body: 'hello' }, unsent);
  const [asHead] = (await exchange(url, head('HEAD', url), 200)).answers;
  expect(asHead).toMatchObject({ status: 200, headers: { 'content-length': '5' } });
  const empty = await exchange(url, head('GET', url.replace('/hook', '/204')), 200);
  expect(empty.answers).toHaveLength(1);
  expect(empty.answers[0]?.headers).not.toHaveProperty('content-length');
});

describe('the least rate of a body', () => {
  const paced = (change: Partial<typeof PACE>) => {
    pace = { timeout: 2_000, grace: 200, minRate: 50, ...change };
  };

  it.each<[string, RawPart[], string]>([
    ['one who sends nothing', [post({ 'content-length': 5 })], 'BODY_TIMEOUT'],
    ['one who drips', [chunked, ...Array.from({ length: 10 }, () => [chunk('x'), 50]).flat()], 'BODY_TIMEOUT'],
    ['one who stops after a good beginning', [post({ 'content-length': 50 }), 'x'.repeat(20)], 'BODY_TIMEOUT'],
  ])('cuts %s, well before the time for a whole body', async (_what, parts, expected) => {
    paced({});
    const { took } = await exchange(url, parts, QUIET);
    expect(outcome).toBe(expected);
    expect(took).toBeLessThan(1_900);
  });

  it('lets one go on who is slow, but not that slow, until the time for a whole body is over', async () => {
    paced({ timeout: 1_000 });
    const slowly = Array.from({ length: 12 }, () => [chunk('x'.repeat(10)), 60]).flat();
    await exchange(url, [chunked, ...slowly, '0\r\n\r\n'], 500);
    expect(outcome).toBe('x'.repeat(120));
    await exchange(url, [chunked, ...slowly, ...slowly], 500);
    expect(outcome).toBe('BODY_TIMEOUT');
  });

  it('reads what has come while the process stood still before it judges', async () => {
    paced({});
    const whole = exchange(url, [post({ 'content-length': 5 }), 100, 'hello'], 500);
    await new Promise((resolve) => setTimeout(resolve, 80));
    const until = performance.now() + 300;
    while (performance.now() < until);
    await whole;
    expect(outcome).toBe('hello');
  });
});
