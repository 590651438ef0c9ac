import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** As Node answers what it can't parse; anything else is a 400. */
const STATUS_LINES: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/**
 * Node refuses bytes that are no HTTP at once and cuts the connection, also while a whole request before them is
 * being answered: its caller would hear 400 for a call that was taken. With this, that answer goes out first, as
 * RFC 9112 section 9.3.2 has it for requests in a row. Once for a server.
 */
export function answerBeforeRefusing(server: Server): void {
  if (server.listenerCount('clientError') > 0) {
    return;
  }
  const latest = new WeakMap<Duplex, Exchange>();
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    latest.set(request.socket, { request, response });
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const exchange = latest.get(socket);
    if (exchange?.request.complete && !exchange.response.writableFinished && socket.writable) {
      exchange.response.once('close', () => refuse(socket, error));
    } else {
      refuse(socket, error, exchange?.response);
    }
  });
}

/** What Node would do by itself: an answer unless another one has begun, and the end of the connection. */
function refuse(socket: Duplex, error: NodeJS.ErrnoException, response?: ServerResponse): void {
  const hasBegun = response?.headersSent && !response.writableFinished;
  if (socket.writable && !hasBegun) {
    const status = STATUS_LINES[error.code ?? ''] ?? '400 Bad Request';
    socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  }
  socket.destroy(error);
}
