// Framework-free: where a request says what happened, and what it can be.

import type { WebhookAuth } from './auth';
import type { WebhookConfig } from './config';
import { parseDataPath } from './dataPath';
import { formPath } from './formPath';
import { findProvider } from './providers';
import { parseSource } from './requestSource';
import { namedVariables, type VariableSettings } from './requestVariables';
import { walk } from './walk';

/** What says where the type of an event stands. */
export type EventSettings = Pick<WebhookConfig, 'auth' | 'eventFrom'> & VariableSettings;

/** One place in which the type of an event may stand: a part of the request, and the names down from there. */
export interface EventPlace {
  group: 'headers' | 'query' | 'params' | 'data';
  /** As `walk` takes them. */
  steps: string[];
}

/** The parts of a request in which the type of an event may stand. */
export type EventRequest = Record<EventPlace['group'], unknown>;

/** So many events at most can be chosen, each with so many characters. */
export const MAX_EVENTS = 200;
export const MAX_EVENT = 200;

/** Where the type of an event stands: where the maker says, else where the provider has it, the first that is there; empty: it isn't known. */
export function eventPlaces(config: EventSettings): EventPlace[] {
  const sources = config.eventFrom === null ? (eventsOf(config.auth)?.from ?? []) : [config.eventFrom];
  return sources.flatMap((source) => placeOf(source, config, config.eventFrom !== null) ?? []);
}

/** The documented types of a provider's events, those that makers ask for; empty: it has no such list. */
export function knownEvents(auth: WebhookAuth): readonly string[] {
  return eventsOf(auth)?.names ?? [];
}

/** Where the provider has it, as its row says: `header:x-github-event`; null: the provider doesn't say, or there is none. */
export function eventSourceOf(auth: WebhookAuth): string | null {
  return eventsOf(auth)?.from.join(', ') ?? null;
}

/**
 * The types of a request's events, once each: of several in one call, such as a list, those of all. Texts and numbers count;
 * of the places the first that has any.
 */
export function eventTypes(places: readonly EventPlace[], request: EventRequest): string[] {
  for (const { group, steps } of places) {
    const types = new Set(walk(request[group], steps).flatMap((value) => typeOf(value) ?? []));
    if (types.size > 0) {
      return [...types];
    }
  }
  return [];
}

/** Several as one text, with commas between; null: none. */
export function eventText(types: readonly string[]): string | null {
  const text = types.slice(0, MAX_EVENTS).join(', ');
  return text === '' ? null : text.length > MAX_EVENT ? `${text.slice(0, MAX_EVENT - 1)}…` : text;
}

function eventsOf(auth: WebhookAuth) {
  return auth.type === 'provider' ? findProvider(auth.provider)?.event : undefined;
}

/** @param isMakers whether names in its path can be quoted; in a row `a[].b` is `b` of each in `a` */
function placeOf(text: string, config: VariableSettings, isMakers: boolean): EventPlace | null {
  const [place = ''] = text.split(':', 1);
  const name = text.slice(place.length + 1);
  switch (place) {
    case 'header':
      return { group: 'headers', steps: [name.toLowerCase()] };
    case 'query':
      return { group: 'query', steps: formPath(name) };
    case 'params':
      return { group: 'params', steps: [name] };
    case 'form':
      return { group: 'data', steps: formPath(name) };
    case 'json':
      return { group: 'data', steps: isMakers ? (parseDataPath(name) ?? []) : name.split('.') };
    // The JSON in a field of a form, which is opened for the workflow.
    case 'form-json':
      return { group: 'data', steps: name.split('.') };
    // The documents of the providers that send XML are all called so.
    case 'xml':
      return { group: 'data', steps: ['xml', name] };
    case 'vars': {
      const variable = namedVariables(config).find(({ alias }) => alias === name);
      return variable ? { group: variable.group, steps: variable.names } : null;
    }
    default:
      return null;
  }
}

function typeOf(value: unknown): string | null {
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : null;
}

/** Whether a text names a place in which one type can stand. */
export function isEventSource(text: string): boolean {
  const source = parseSource(text);
  return source !== null && source.place !== 'body' && source.place !== 'event';
}
