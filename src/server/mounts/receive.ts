import type { IncomingMessage, ServerResponse } from 'node:http';
import { WebhookError } from '../../common/errors';
import { because } from '../../common/reasons/reason';
import { newDeliveryId } from '../deliveries/model/ids';
import { clientAddress, clientOrigin } from '../net/clientAddress';
import { receivedHeaders } from '../net/receivedHeaders';
import { sendAnswer } from '../net/sendAnswer';
import { handle } from '../pipeline';
import { refusal } from '../pipeline/refusal';
import type { Services } from '../pipeline/stage';
import type { Received } from '../pipeline/types';
import type { Network } from '../setUpNetwork';

/** What a request is looked at with as it comes in. */
export type Entrance = Pick<Network, 'proxies' | 'publicUrl' | 'budget' | 'unsent'>;

/** Where a request leads, and its URL in parts, as its caller asked for it. */
export type Called = Pick<Received, 'target' | 'path' | 'search'>;

/** Takes a request for a webhook, answer and all. Never rejects. */
export type Receive = (request: IncomingMessage, response: ServerResponse, called: Called) => Promise<void>;

/** The way in, on Node's own objects: whoever mounts it in NocoBase picks out the requests. */
export function receiver(entrance: Entrance, services: Services): Receive {
  return async (request, response, called) => {
    try {
      const answer = await handle(received(request, called, entrance), services);
      sendAnswer(request, response, answer, entrance.unsent);
    } catch (cause) {
      const error = new WebhookError('INTERNAL', { reason: because('INTERNAL'), cause });
      const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      // What of the path is a credential isn't known here.
      services.report({ path: '', code: error.code, reason });
      answerInstead(request, response, error, entrance);
    }
  };
}

/** For what no stage answers for, such as an answer that can't be sent: nobody is left waiting. */
function answerInstead(request: IncomingMessage, response: ServerResponse, error: WebhookError, { unsent }: Entrance) {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) {
    response.removeHeader(name);
  }
  sendAnswer(request, response, refusal(error), unsent);
}

function received(request: IncomingMessage, called: Called, { proxies, publicUrl, budget }: Entrance): Received {
  const { trust } = proxies;
  const { target, path, search } = called;
  return {
    deliveryId: newDeliveryId(),
    receivedAt: new Date(),
    method: request.method ?? '',
    target,
    path,
    search,
    // Who is refused before it is asked for costs nothing by it.
    get url() {
      return publicUrl.urlOf(search === '' ? path : `${path}?${search}`, () => clientOrigin(request, trust));
    },
    headers: receivedHeaders(request),
    ip: clientAddress(request, trust),
    viaTrustedProxy: trust(request.socket.remoteAddress ?? '', 0),
    lease: budget.lease(),
    stream: request,
  };
}
