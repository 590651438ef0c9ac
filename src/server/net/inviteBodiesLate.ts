import type { Server } from 'node:http';

/**
 * Lets `Expect: 100-continue` (RFC 9110 section 10.1.1) mean something: Node invites a body before anyone has looked
 * at the request's head, so that a caller uploads what is then refused. With this, it is invited when somebody
 * begins to read it, whoever that is; an answer without a reading leaves it uninvited. Once for a server.
 */
export function inviteBodiesLate(server: Server): void {
  if (server.listenerCount('checkContinue') > 0) {
    return;
  }
  server.on('checkContinue', (request, response) => {
    const invite = (event: string | symbol) => {
      if (event !== 'data' && event !== 'readable') {
        return;
      }
      request.off('newListener', invite);
      if (!response.headersSent) {
        response.writeContinue();
      }
    };
    request.on('newListener', invite);
    server.emit('request', request, response);
  });
}
