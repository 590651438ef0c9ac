import { REDACTED } from '../../common/deliveries';
import { DELIVERIES_RESOURCE, REPLAY_EDITS } from '../../common/deliveriesApi';
import { isRecord } from '../../common/rules';
import { SETTINGS_RESOURCE } from '../../common/settings';
import { networkSettings } from '../../common/validateNetwork';
import { isPlainParameter, isTelling, WORKFLOWS } from './parameters';

/**
 * Where in what was sent something stands: anywhere; among the columns of a workflow; in a configuration; among what an
 * action on deliveries is given; what may be shown, if it is no more than a text or the like; or what may not.
 */
type Place = 'anywhere' | 'workflow' | 'config' | 'delivery' | 'plain' | 'hidden';

/** No values that NocoBase can use nest deeper. */
const MAX_DEPTH = 100;

/** Between the steps of a name that stands for a path, as `config.auth.secrets` or `config[auth]`. */
const STEPS = /[.[\]]+/;

/** Columns of a workflow that hold nothing that is secret. */
const COLUMNS: ReadonlySet<string> = new Set([
  'id',
  'key',
  'title',
  'type',
  'triggerTitle',
  'description',
  'enabled',
  'current',
  'sync',
]);

/** What else belongs to a workflow, in which there may be others. */
const RELATIONS: ReadonlySet<string> = new Set(['categories', 'nodes', 'executions', 'revisions']);

/** Settings of a webhook that hold nothing that is secret. */
const SETTINGS: ReadonlySet<string> = new Set([
  'path',
  'methods',
  'ipAllowlist',
  'events',
  'eventFrom',
  'filterOnError',
  'syncTimeout',
  'syncTimeoutStatus',
  'concurrency',
  'onInterruption',
]);

/** What a maker gives a replay instead of what was received: it may hold the credential that was taken out there. */
const EDITS: ReadonlySet<string> = new Set(REPLAY_EDITS);

/**
 * What a log may show of the values that an action was given: of a workflow and of any configuration no more than what is
 * known to be harmless, wherever it stands, and however it is called or spelled: a secret may have been typed anywhere in
 * it. The same value where there is nothing to take out.
 * @param resource as NocoBase names it: `workflows`, or with what it belongs to, `categories.workflows`
 */
export function loggableValues(values: unknown, resource: string): unknown {
  // Of what is refused, a URL may have a password in it.
  if (resource === SETTINGS_RESOURCE && networkSettings(values, '').length > 0) {
    return values === undefined ? values : REDACTED;
  }
  const place = isOfWorkflows(resource) ? 'workflow' : resource === DELIVERIES_RESOURCE ? 'delivery' : 'anywhere';
  return shown(values, place, 0);
}

/** Whether a resource is workflows. @param resource as for {@link loggableValues} */
export function isOfWorkflows(resource: string): boolean {
  return WORKFLOWS.has((resource.split('.').at(-1) ?? '').toLowerCase());
}

/** As {@link loggableValues}, of another parameter of an action. */
export function loggableParameter(value: unknown, name: string, resource: string): unknown {
  if (isTelling(resource) && !isPlainParameter(name) && placeOf(name, 'anywhere') === 'anywhere') {
    return value === undefined ? value : REDACTED;
  }
  return shown(value, placeOf(name, 'anywhere'), 0);
}

function shown(value: unknown, place: Place, depth: number): unknown {
  if (place === 'hidden' || depth > MAX_DEPTH) {
    return value === undefined ? value : REDACTED;
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => shown(item, place, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isRecord(value)) {
    return isHarmless(value, place) ? value : REDACTED;
  }
  if (place === 'plain') {
    return REDACTED;
  }
  const entries = Object.entries(value);
  const kept = entries.map(([name, item]) => shown(item, placeOf(name, place), depth + 1));
  return kept.some((item, index) => item !== entries[index]?.[1])
    ? Object.fromEntries(entries.map(([name], index) => [name, kept[index]]))
    : value;
}

/** Settings may be written as text, which is refused; a workflow may be named by its id. */
function isHarmless(value: unknown, place: Place): boolean {
  return typeof value !== 'string' || (place !== 'config' && (place !== 'workflow' || /^\d*$/.test(value)));
}

function placeOf(name: string, place: Place): Place {
  return name.split(STEPS).reduce(placeBelow, place);
}

function placeBelow(place: Place, step: string): Place {
  if (place === 'hidden' || /^\d*$/.test(step)) {
    return place;
  }
  const name = step.toLowerCase();
  switch (place) {
    case 'anywhere':
      return WORKFLOWS.has(name) ? 'workflow' : name === 'config' ? 'config' : 'anywhere';
    case 'workflow':
      return step === 'config' ? 'config' : COLUMNS.has(step) ? 'plain' : RELATIONS.has(step) ? 'anywhere' : 'hidden';
    case 'delivery':
      return EDITS.has(name) ? 'hidden' : 'anywhere';
    case 'config':
      return SETTINGS.has(step) ? 'plain' : 'hidden';
    case 'plain':
      return 'hidden';
  }
}
