// Framework-free: what the chosen events, and the place where their type stands, must look like.

import { resolveConfig, type WebhookConfigInput } from './config';
import { eventPlaces, isEventSource, MAX_EVENT, MAX_EVENTS } from './events';
import { MAX_SOURCE } from './requestSource';
import { all, issue, list, nullable, text, type Rule } from './rules';

/** The types of events that start the workflow; null: all. */
export const chosenEvents: Rule = nullable(
  all(list(text({ min: 1, max: MAX_EVENT }), { max: MAX_EVENTS }), (value, at) =>
    (value as unknown[]).length === 0 ? issue(at, 'Choose at least one event, or let all of them start.') : [],
  ),
);

/** Where the type of an event stands; null: where the provider has it. */
export const eventFrom: Rule = nullable(
  all(text({ min: 1, max: MAX_SOURCE }), (value, at) =>
    isEventSource(value as string)
      ? []
      : issue(at, 'Give header:…, query:…, json:…, form:…, params:… or vars:… with an alias.'),
  ),
);

/** Events that are chosen and found nowhere would ignore every call. */
export const eventsArePlaced: Rule = (value) => {
  const config = resolveConfig(value as WebhookConfigInput);
  if (config.eventFrom?.startsWith('vars:') && eventPlaces(config).length === 0) {
    return issue('eventFrom', 'No variable has the alias {{alias}}.', {
      alias: config.eventFrom.slice('vars:'.length),
    });
  }
  return config.events !== null && eventPlaces(config).length === 0
    ? issue('eventFrom', 'Say where the event stands, such as header:x-event or json:type.')
    : [];
};
