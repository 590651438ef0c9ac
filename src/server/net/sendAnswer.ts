import type { IncomingMessage, ServerResponse } from 'node:http';
import { BODILESS_STATUSES } from '../../common/httpFields';
import type { Answer } from '../pipeline/types';
import { withSafeguards } from './safeguards';
import type { UnsentAnswers } from './UnsentAnswers';

/** How long a caller who is still sending is listened to after the answer: after its last piece, and in all. */
const LINGER_IDLE = 1_000;
const LINGER_TOTAL = 10_000;
/** Pieces, each of them an event, that are thrown away meanwhile. */
const LINGER_PIECES = 10_000;

/**
 * Writes the answer to Node's response itself: Koa would turn an empty body into a 204. A caller who is still
 * sending gets the answer and the connection ends, but not at once: to close on unread bytes resets the
 * connection, and then the caller may never see the answer (RFC 9112 section 9.6).
 */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  unsent: Pick<UnsentAnswers, 'watch'>,
): void {
  const content = prepare(request, response, answer);
  if (request.complete) {
    response.end(content);
    unsent.watch(response, content.length);
    return;
  }
  // Node parses a body that came in one piece with its head only after the current tasks, and that one is no reason
  // to give up the connection.
  setImmediate(() => {
    unsent.watch(response, content.length);
    if (request.complete) {
      response.end(content);
      return;
    }
    response.setHeader('connection', 'close');
    response.flushHeaders();
    response.write(content);
    endWhenQuiet(request, response);
  });
}

/** Sets the head of the answer, and gives what of its body is to be sent; a text, which Node sends in one with the head. */
function prepare(
  { method }: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
): string | Buffer {
  const bodiless = BODILESS_STATUSES.includes(status);
  response.statusCode = status;
  for (const [name, value] of Object.entries(withSafeguards(headers))) {
    response.setHeader(name, value);
  }
  // What is not made for a `HEAD` has no length to tell (RFC 9110 section 9.3.2): a zero would say that `GET` has none.
  if (!bodiless && !(method === 'HEAD' && body.length === 0)) {
    response.setHeader('content-length', Buffer.byteLength(body));
  }
  return bodiless || method === 'HEAD' ? '' : body;
}

/** Throws away what the caller still sends, within bounds, and then ends the answer, and so the connection. */
function endWhenQuiet(request: IncomingMessage, response: ServerResponse): void {
  const end = () => {
    clearTimeout(idle);
    clearTimeout(total);
    request.off('data', onData).off('end', end).off('close', end);
    response.end();
  };
  let pieces = 0;
  const onData = () => {
    pieces += 1;
    if (pieces > LINGER_PIECES) {
      end();
    } else {
      idle.refresh();
    }
  };
  const idle = setTimeout(end, LINGER_IDLE);
  const total = setTimeout(end, LINGER_TOTAL);
  request.on('error', () => undefined);
  request.on('data', onData).on('end', end).on('close', end);
  request.resume();
}
