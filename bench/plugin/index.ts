import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Gateway, Plugin } from '@nocobase/server';
import { MOUNT_POINT } from '../../src/server/mounts/mountPoint';
import { NOOP_AT_LOGGER_PATH, NOOP_IN_APP_PATH, NOOP_PATH, READER_PATH } from './paths';

interface Call {
  path: string;
  status: number;
  body: unknown;
}

/** What else stands ahead of webhooks in the app would keep them from the gateway. */
const BEHIND_WEBHOOKS = ['generateReqId', 'webhooks'];

/** Answers at once, or nearly so, at several places on a call's way: what there is to lose. */
export default class BenchPlugin extends Plugin {
  override async load(): Promise<void> {
    const atGateway = answeringAtGateway({ [NOOP_PATH]: async () => '', [READER_PATH]: readAndHash });
    const handler = atGateway as unknown as Parameters<typeof Gateway.registerRequestHandler>[0];
    this.app.on('afterStart', () => Gateway.registerRequestHandler(handler));
    this.app.on('beforeStop', () => Gateway.unregisterRequestHandler(handler));
    this.app.use(answering(NOOP_IN_APP_PATH), {
      tag: 'webhookBench',
      after: BEHIND_WEBHOOKS,
      before: MOUNT_POINT.before,
    });
    this.app.use(answering(NOOP_AT_LOGGER_PATH), {
      tag: 'webhookBenchAtLogger',
      after: BEHIND_WEBHOOKS,
      before: 'logger',
    });
  }
}

function answeringAtGateway(paths: Record<string, (request: IncomingMessage) => Promise<string>>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const work = paths[request.url ?? ''];
    if (!work) {
      return false;
    }
    response.end(await work(request));
    return true;
  };
}

function answering(path: string) {
  return async (ctx: Call, next: () => Promise<void>) => {
    if (ctx.path !== path) {
      return next();
    }
    ctx.body = '';
    ctx.status = 200;
  };
}

function readAndHash(req: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const hmac = createHmac('sha256', 'a secret of the usual length');
    req.on('data', (piece: Buffer) => hmac.update(piece));
    req.on('end', () => resolve(hmac.digest('hex')));
    req.on('error', reject);
  });
}
