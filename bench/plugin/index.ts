import { Plugin } from '@nocobase/server';
import { MOUNT_POINT } from '../../src/server/mountPoint';
import { NOOP_AT_LOGGER_PATH, NOOP_PATH } from './paths';

/** Answers at once, at two places in NocoBase's chain: what there is to lose. */
export default class BenchPlugin extends Plugin {
  override async load(): Promise<void> {
    this.app.use(noop(NOOP_PATH), { tag: 'webhookBench', ...MOUNT_POINT });
    this.app.use(noop(NOOP_AT_LOGGER_PATH), {
      tag: 'webhookBenchAtLogger',
      after: 'generateReqId',
      before: 'logger',
    });
  }
}

function noop(path: string) {
  return async (ctx: { path: string; status: number; body: unknown }, next: () => Promise<void>) => {
    if (ctx.path !== path) {
      return next();
    }
    ctx.status = 200;
    ctx.body = '';
  };
}
