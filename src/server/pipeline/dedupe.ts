import { replayableFor } from '../../common/replayable';
import { dedupeOf } from '../deliveries/intake/dedupeKey';
import { enrich } from './enrich';
import { redactorOf } from '../redaction';
import { answerRepeat, repeatOf } from './repeat';
import type { Services } from './stage';
import { EarlyAnswer, type Deduped, type WithEvent } from './types';

/**
 * Finds what tells this delivery's repeats from others. The inbox looks for the first one when it stores, all
 * at once; only where storing files comes in between is it looked for here already.
 */
export async function dedupe(delivery: WithEvent, services: Services): Promise<Deduped | EarlyAnswer> {
  const { endpoint, uploads } = delivery;
  const setting = endpoint.config.dedupe;
  const key = setting && dedupeOf(delivery, setting);
  if (!setting || !key) {
    return enrich(delivery, { dedupe: null });
  }
  // An id of the provider's own is remembered for as long as a copy of its call would be taken.
  const replayable = setting.key === '' ? replayableFor(endpoint.config.auth) : 0;
  const rule = { windowMs: Math.max(setting.window, replayable) * 1_000, onFailed: setting.onFailed };
  const shown = redactorOf(delivery).text(key.key);
  const deduped: Deduped = enrich(delivery, { dedupe: { ...key, key: shown, ...rule } });
  const first = uploads.length > 0 ? await services.deliveries.holderOf(key.slot, rule) : null;
  return first ? new EarlyAnswer(await answerRepeat(deduped, first, services), repeatOf(first, deduped)) : deduped;
}
