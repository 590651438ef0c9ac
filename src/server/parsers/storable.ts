import { WebhookError } from '../../common/errors';

/** What no database takes as text: NUL (PostgreSQL refuses it) and halves of a surrogate pair (not Unicode text). */
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/**
 * Makes a value that was just parsed safe to hand on, in place: keys that could reach a prototype
 * (`__proto__`, `constructor.prototype`) are dropped, and characters that no database stores become U+FFFD,
 * so that no caller can make a workflow fail by sending them.
 * Throws `BODY_MALFORMED` where lists and objects nest deeper than `maxDepth`.
 */
export function storable<T>(value: T, maxDepth: number): T {
  return walk(value, maxDepth) as T;
}

/** The text with what no database stores replaced by U+FFFD. */
export function storableText(text: string): string {
  // Nearly always there is nothing to do, and the engine tells that far quicker than a pattern.
  return text.isWellFormed() && !text.includes('\0') ? text : text.replace(UNSTORABLE, '\ufffd');
}

function walk(value: unknown, levels: number): unknown {
  if (typeof value === 'string') {
    return storableText(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (levels === 0) {
    throw new WebhookError('BODY_MALFORMED', { reason: 'lists and objects are nested too deep' });
  }
  return Array.isArray(value) ? walkList(value, levels) : walkObject(value as Record<string, unknown>, levels);
}

function walkList(list: unknown[], levels: number): unknown[] {
  for (let index = 0; index < list.length; index++) {
    list[index] = walk(list[index], levels - 1);
  }
  return list;
}

function walkObject(object: Record<string, unknown>, levels: number): Record<string, unknown> {
  for (const key of Object.keys(object)) {
    const name = storableText(key);
    const value = object[key];
    if (key === '__proto__' || (key === 'constructor' && holdsPrototype(value))) {
      delete object[key];
      continue;
    }
    if (name !== key) {
      delete object[key];
    }
    object[name] = walk(value, levels - 1);
  }
  return object;
}

function holdsPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}
