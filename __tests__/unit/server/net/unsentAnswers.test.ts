import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { sendAnswer } from '../../../../src/server/net/sendAnswer';
import { UnsentAnswers } from '../../../../src/server/net/UnsentAnswers';

/** More than the system takes by itself. */
const SIZE = 32 << 20;
const ANSWER = { status: 200, headers: {}, body: 'a'.repeat(SIZE) };
const PATIENT = { milliseconds: 60_000, bytes: 1_000_000 };

let server: Server;
let unsent: UnsentAnswers;
const responses: ServerResponse[] = [];
const sockets: Socket[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    responses.push(response);
    sendAnswer(request, response, ANSWER, unsent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  sockets.splice(0).forEach((socket) => socket.destroy());
  responses.splice(0);
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise(setImmediate);
  }
}

/** Asks for an answer and doesn't read it; the server's side of it. */
async function ask(): Promise<ServerResponse> {
  const socket = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  socket.on('error', () => undefined);
  sockets.push(socket);
  const asked = once(server, 'request');
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await asked;
  return responses.at(-1) as ServerResponse;
}

it('ends the oldest connection where answers that nobody takes hold too much', async () => {
  unsent = new UnsentAnswers(2.5 * SIZE, PATIENT);
  const [first, second] = [await ask(), await ask()];
  const closed = once(first, 'close');
  const third = await ask();
  await closed;
  expect([first, second, third].map(({ destroyed }) => destroyed)).toEqual([true, false, false]);
});

it('ends a connection whose answer is not taken in time', async () => {
  unsent = new UnsentAnswers(10 * SIZE, { milliseconds: 50, bytes: 1_000_000 });
  const response = await ask();
  // It reads nothing, so that nothing else ends it.
  await once(response, 'close');
  expect(response.destroyed).toBe(true);
});

it('gives back what was taken', async () => {
  unsent = new UnsentAnswers(1.5 * SIZE, PATIENT);
  for (let count = 0; count < 3; count += 1) {
    const response = await ask();
    const sent = once(response, 'close');
    let received = 0;
    sockets.at(-1)?.on('data', (bytes) => {
      received += bytes.length;
    });
    await sent;
    await waitFor(() => received > SIZE);
  }
});
