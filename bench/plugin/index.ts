import { Plugin } from '@nocobase/server';
import { MOUNT_POINT } from '../../src/server/mountPoint';
import { NOOP_PATH } from './paths';

/** Answers at once, at the place in NocoBase's chain where the webhooks are answered: what there is to lose. */
export default class BenchPlugin extends Plugin {
  override async load(): Promise<void> {
    this.app.use(
      async (ctx: { path: string; status: number; body: unknown }, next: () => Promise<void>) => {
        if (ctx.path !== NOOP_PATH) {
          return next();
        }
        ctx.status = 200;
        ctx.body = '';
      },
      { tag: 'webhookBench', ...MOUNT_POINT },
    );
  }
}
