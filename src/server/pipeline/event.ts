import { eventText, eventTypes } from '../../common/events';
import { enrich } from './enrich';
import { ignored } from './ignored';
import type { EarlyAnswer, Parsed, WithEvent } from './types';
import { because } from '../../common/reasons/reason';

/**
 * Finds out what happened, and lets through what the webhook is to start for; of several events in one call, where one of
 * them is chosen. All else is answered, as the sender did nothing wrong, and starts nothing.
 */
export function event(delivery: Parsed): WithEvent | EarlyAnswer {
  const { config, eventPlaces } = delivery.endpoint;
  const types = eventTypes(eventPlaces, delivery);
  const known = enrich(delivery, { event: eventText(types) });
  const chosen = config.events && new Set(config.events);
  if (!chosen || types.some((type) => chosen.has(type))) {
    return known;
  }
  return ignored(
    delivery,
    known.event === null ? because('EVENT_UNKNOWN') : because('EVENT_NOT_CHOSEN', { event: known.event }),
  );
}
