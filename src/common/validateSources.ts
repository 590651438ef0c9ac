// Framework-free: what the places of values must look like beyond their grammar, so that a call can have something there.

import { resolveConfig, type WebhookConfig, type WebhookConfigInput } from './config';
import { eventPlaces } from './events';
import { HEADER_NAME } from './httpFields';
import { parsePath } from './path';
import { parseSource, parseSources, splitSources, type RequestSource } from './requestSource';
import { issue, type ConfigIssue } from './rules';

/** No name that a request can be asked for, and no text that every database takes: control characters, half of a pair. */
const UNWRITABLE = /[\p{Cc}\p{Cs}]/u;

/**
 * Places in which no call can have anything: repeats would not be known by them, runs go side by side, and nobody would
 * be told.
 */
export function sourceIssues(stored: WebhookConfigInput): ConfigIssue[] {
  const config = resolveConfig(stored);
  return [
    ...issuesOf('dedupe.key', config.dedupe?.key, config),
    ...issuesOf('eventFrom', config.eventFrom, config),
    ...issuesOf('orderBy', config.orderBy, config),
  ];
}

function issuesOf(at: string, text: string | null | undefined, config: WebhookConfig): ConfigIssue[] {
  const sources = parseSources(text ?? '');
  if (!text || !sources) {
    return [];
  }
  if (UNWRITABLE.test(text)) {
    return issue(at, 'A place may contain no control characters, and no half of a character.');
  }
  if (sources.place === 'fields') {
    return sources.fields.flatMap((source) => issuesOfOne(at, source, config)).slice(0, 1);
  }
  const [, ...others] = splitSources(text);
  if (others.some((other) => parseSource(other.trim()) !== null)) {
    return at === 'eventFrom'
      ? issue(at, 'Name one place alone.')
      : issue(at, 'Several places begin with fields:, such as fields:json:a,header:b.');
  }
  return issuesOfOne(at, sources, config);
}

function issuesOfOne(at: string, source: RequestSource, config: WebhookConfig): ConfigIssue[] {
  if (!('name' in source)) {
    return source.place === 'body' || eventPlaces(config).length > 0
      ? []
      : issue(at, 'Nothing says what the event of a call is: say where it stands, or name another place.');
  }
  const { place, name } = source;
  if (name !== name.trim()) {
    return issue(at, 'A name may not begin or end with a blank: "{{name}}".', { name });
  }
  if (place === 'header' && !HEADER_NAME.test(name)) {
    return issue(at, '"{{name}}" is not a valid header name.', { name });
  }
  return place === 'params' && !paramsOf(config).includes(name)
    ? issue(at, 'The path has no parameter {{name}}.', { name })
    : [];
}

function paramsOf({ path }: WebhookConfig): string[] {
  const parsed = parsePath(path);
  return 'problem' in parsed ? [] : parsed.segments.flatMap((segment) => ('param' in segment ? segment.param : []));
}
