import { DELIVERIES_RESOURCE } from '../../common/deliveriesApi';
import { decodeSegment } from '../../common/path';
import { SETTINGS_RESOURCE } from '../../common/settings';

/** What leads to a workflow, by its name as a resource or a relation. */
export const WORKFLOWS: ReadonlySet<string> = new Set(['workflow', 'workflows']);

/** Resources whose actions are given requests, or settings with secrets. */
const TELLING: ReadonlySet<string> = new Set(
  [...WORKFLOWS, DELIVERIES_RESOURCE, SETTINGS_RESOURCE].map((name) => name.toLowerCase()),
);

/** Parameters of their actions that choose, order or arrange: whatever else was given them may have been meant for a value. */
const PLAIN: ReadonlySet<string> = new Set([
  'filterByTk',
  'filter',
  'page',
  'pageSize',
  'paginate',
  'sort',
  'fields',
  'except',
  'appends',
  'tree',
  'key',
  'with',
  'id',
  'autoRevision',
  'filterKeys',
  'whitelist',
  'blacklist',
  'updateAssociationValues',
  'forceUpdate',
  'triggerWorkflows',
  'awaitResponse',
  'resourceName',
  'resourceIndex',
  'actionName',
  'associatedName',
  'associatedIndex',
]);

/** Whether a parameter that is written so is a plain one: `headers[x-key]` of a run by hand isn't. */
export function isPlainParameter(name: string): boolean {
  return PLAIN.has(name.split(/[.[\]]/, 1)[0] ?? '');
}

/** Whether the actions of a resource are given what a log may not show. @param resource as NocoBase names it */
export function isTelling(resource: string): boolean {
  return TELLING.has((resource.split('.').at(-1) ?? '').toLowerCase());
}

/** As {@link isTelling}, of the path of a URL, which may lead there by way of others; so may one that can't be decoded. */
export function leadsToTelling(path: string): boolean {
  const decoded = decodeSegment(path);
  return decoded === null || decoded.split(/[/:.]/).some((part) => TELLING.has(part.toLowerCase()));
}
