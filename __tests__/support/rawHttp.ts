import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** One answer out of a connection. */
export interface RawAnswer {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string;
}

export interface RawExchange {
  /** All answers, `100 Continue` included, in order. */
  answers: RawAnswer[];
  /** Whether the server ended the connection within the time. */
  closed: boolean;
  /** Milliseconds from connecting to the last byte or the end. */
  took: number;
}

/** What is written next; a number waits that many milliseconds first. */
export type RawPart = string | Buffer | number;

/**
 * Writes bytes to a server as they are, and gives what comes back until the server ends the connection, or nothing
 * has come for `quiet` milliseconds after everything was written.
 */
export async function exchange(url: string, parts: RawPart | RawPart[], quiet = 700): Promise<RawExchange> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const started = Date.now();
  const received: Buffer[] = [];
  let closed = false;
  let last = started;
  socket.on('data', (bytes) => {
    received.push(bytes);
    last = Date.now();
  });
  // A server that closes on what is still being sent resets the connection; what came before counts.
  socket.on('error', () => undefined);
  const end = new Promise<void>((resolve) => {
    for (const event of ['end', 'close'] as const) {
      socket.once(event, () => {
        last = closed ? last : Date.now();
        closed = true;
        resolve();
      });
    }
  });
  for (const part of [parts].flat()) {
    if (typeof part === 'number') {
      await Promise.race([delay(part), end]);
    } else if (!closed) {
      socket.write(part);
    }
  }
  let written = Date.now();
  while (!closed && Date.now() - Math.max(last, written) < quiet) {
    await Promise.race([delay(20), end]);
    written = socket.writableLength > 0 ? Date.now() : written;
  }
  socket.destroy();
  return { answers: parseAnswers(Buffer.concat(received)), closed, took: last - started };
}

/** The head of a request to a URL, with an empty line at its end. */
export function head(method: string, url: string, headers: Record<string, string | number> = {}): string {
  const { host, pathname, search } = new URL(url);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

function parseAnswers(bytes: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = bytes.toString('latin1');
  while (rest.startsWith('HTTP/1.1 ')) {
    const headEnd = rest.indexOf('\r\n\r\n');
    const [statusLine = '', ...lines] = rest.slice(0, headEnd).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const length = Number(headers['content-length'] ?? 0);
    const bodyStart = headEnd + 4;
    answers.push({
      status: Number(statusLine.split(' ')[1]),
      headers,
      body: rest.slice(bodyStart, bodyStart + length),
    });
    rest = rest.slice(bodyStart + length);
  }
  return answers;
}
