import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { FuzzRequest } from './requests';

/** What a request came to: the last status (`100 Continue` is none), or how it ended without one. */
export type Outcome = number | 'hung up' | 'no answer' | 'closed';

/** Whatever is sent, an answer has to be there within this time: the slowest is a body that takes 30 s. */
const PATIENCE = 40_000;

export interface Sent {
  outcome: Outcome;
  /** All that came back, a character for each byte. */
  text: string;
}

/** Sends one request, byte for byte, on a connection of its own. */
export async function send(port: number, { pieces, hangsUp }: FuzzRequest): Promise<Sent> {
  const socket = connect({ host: '127.0.0.1', port });
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
  });
  // The server may close on what is still being sent; whether it answered before is in `text`.
  socket.on('error', () => undefined);
  const ended = new Promise<'closed'>((resolve) => socket.once('close', () => resolve('closed')));
  for (const piece of pieces) {
    if (!socket.destroyed) {
      socket.write(piece);
      await delay(2);
    }
  }
  if (hangsUp) {
    await delay(5);
    socket.destroy();
    return { outcome: 'hung up', text };
  }
  const timer = new AbortController();
  const late = delay(PATIENCE, 'no answer' as const, { signal: timer.signal }).catch(() => 'no answer' as const);
  const end = await Promise.race([ended, late]);
  timer.abort();
  socket.destroy();
  const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
  return { outcome: statuses.find((status) => status >= 200) ?? end, text };
}
