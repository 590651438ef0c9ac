import { createHash } from 'node:crypto';
import { resolveConfig, type WebhookConfigInput } from '../../common/config';
import { WEBHOOK_METHODS } from '../../common/methods';
import { parsePath, pathShape, type PathSegment } from '../../common/path';

/** A version of a webhook workflow, as far as its URLs go. */
export interface WebhookVersion {
  key: string;
  title: string;
  config: WebhookConfigInput | null | undefined;
}

/** One method of one URL; no two enabled webhooks have the same. */
export interface Route {
  /** The same for all paths that answer to the same URLs: `orders/:id` and `orders/:other`. 64 hex digits. */
  id: string;
  method: string;
  /** The path's shape. */
  path: string;
  /** The path as its maker wrote it, or the key. */
  written: string;
  /** Whether it is the webhook's key, which hardly anybody else ever wants. */
  isKey: boolean;
}

/**
 * Everything that an enabled webhook can be called by: its key with every method, which is a path of one literal
 * segment as well, and its own path with its methods. In the order of their ids, so that two transactions that take
 * the same ones never wait for each other in a circle.
 */
export function routesOf({ key, config }: WebhookVersion): Route[] {
  const { path, methods } = resolveConfig(config);
  const parsed = parsePath(path);
  const segments = 'segments' in parsed ? parsed.segments : [];
  const byKey = WEBHOOK_METHODS.map((method) => route(method, [{ literal: wellFormed(key) }], key, true));
  const byPath = segments.length > 0 ? methods.map((method) => route(method, segments, path, false)) : [];
  const routes = new Map([...byPath, ...byKey].map((each) => [each.id, each]));
  return [...routes.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether this is the one row that every webhook has: its key, with POST. */
export function isFirst({ isKey, method }: Route): boolean {
  return isKey && method === 'POST';
}

function route(method: string, segments: readonly PathSegment[], written: string, isKey: boolean): Route {
  const path = pathShape(segments);
  return { id: createHash('sha256').update(`${method} ${path}`).digest('hex'), method, path, written, isKey };
}

/** Half of a surrogate pair, which a key could hold, can't be percent-encoded. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
