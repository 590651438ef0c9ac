import type { Context, Next } from '@nocobase/actions';
import type { Model } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../common/deliveries';
import { MAX_ERASED } from '../../common/deliveriesApi';
import type { Deliveries } from '../deliveries/Deliveries';
import type { FileStore } from '../files/FileStore';
import { orderOf } from './deliveryFilter';
import { readFlag, readId, readSelection } from './target';

type Action = (ctx: Context, next: Next) => Promise<void>;

/** The actions that take what is personal out of deliveries. */
export function eraseActions(deliveries: Deliveries, files: FileStore): Record<string, Action> {
  const erase = (ctx: Context, ids: readonly string[]) => {
    const options = { execution: readFlag(ctx, 'execution', false), cancel: readFlag(ctx, 'cancel', false) };
    return deliveries.erase(ids, options, (stored) => files.discard(stored));
  };
  return {
    async erase(ctx, next) {
      const result = await erase(ctx, [readId(ctx)]);
      if (result.open > 0) {
        ctx.throw(409, 'The delivery has not ended: cancel it, or erase it with `cancel`.', { code: 'NOT_ENDED' });
      }
      if (result.erased === 0) {
        ctx.throw(404, 'There is no such delivery.', { code: 'NOT_FOUND' });
      }
      ctx.body = result;
      await next();
    },

    async eraseMany(ctx, next) {
      const filter = readSelection(ctx);
      const repository = ctx.db.getRepository(DELIVERIES_COLLECTION);
      const found = await repository.find({ filter, fields: ['id'], limit: MAX_ERASED + 1, ...orderOf(['id']) });
      if (found.length > MAX_ERASED) {
        ctx.throw(400, 'More deliveries meet the filter than are erased in one go.', { code: 'TOO_MANY' });
      }
      ctx.body = await erase(
        ctx,
        found.map((row: Model) => String(row.get('id'))),
      );
      await next();
    },
  };
}
