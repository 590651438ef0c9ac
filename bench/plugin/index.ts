import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Plugin } from '@nocobase/server';
import { MOUNT_POINT } from '../../src/server/mountPoint';
import { NOOP_AT_LOGGER_PATH, NOOP_PATH, READER_PATH } from './paths';

interface Call {
  path: string;
  req: IncomingMessage;
  status: number;
  body: unknown;
}

/** Answers at once, or nearly so, at two places in NocoBase's chain: what there is to lose. */
export default class BenchPlugin extends Plugin {
  override async load(): Promise<void> {
    this.app.use(answering(NOOP_PATH), { tag: 'webhookBench', ...MOUNT_POINT });
    this.app.use(answering(READER_PATH, readAndHash), { tag: 'webhookBenchReader', ...MOUNT_POINT });
    this.app.use(answering(NOOP_AT_LOGGER_PATH), {
      tag: 'webhookBenchAtLogger',
      after: 'generateReqId',
      before: 'logger',
    });
  }
}

function answering(path: string, work?: (req: IncomingMessage) => Promise<string>) {
  return async (ctx: Call, next: () => Promise<void>) => {
    if (ctx.path !== path) {
      return next();
    }
    ctx.body = work ? await work(ctx.req) : '';
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
