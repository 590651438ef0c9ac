import { WebhookError } from '../../common/errors';
import type { NumberMarks } from '../numberMarks';
import { setOwn } from '../setOwn';
import { storableText } from '../storableText';
import { oneName } from './foldedNames';
import { because } from '../../common/reasons/reason';

/**
 * Makes a value that was just parsed safe to hand on, in place where it can be: keys that could reach a prototype
 * (`__proto__`, `constructor.prototype`) are dropped, and characters that no database stores become U+FFFD,
 * so that no caller can make a workflow fail by sending them, wherever its nodes write to.
 * Throws `BODY_MALFORMED` where lists and objects nest deeper than `maxDepth`, or two names become one.
 * @param marks of the body's numbers, which are taken off
 */
export function storable<T>(value: T, maxDepth: number, marks?: NumberMarks): T {
  return walk(marks ? marks.taken(value, null, '') : value, maxDepth, marks) as T;
}

function walk(value: unknown, levels: number, marks: NumberMarks | undefined): unknown {
  if (typeof value === 'string') {
    return storableText(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (levels === 0) {
    throw new WebhookError('BODY_MALFORMED', { reason: because('BODY_TOO_COMPLEX', { detail: 'levels' }) });
  }
  return Array.isArray(value)
    ? walkList(value, levels, marks)
    : walkObject(value as Record<string, unknown>, levels, marks);
}

function walkList(list: unknown[], levels: number, marks: NumberMarks | undefined): unknown[] {
  for (let index = 0; index < list.length; index++) {
    const value = list[index];
    const walked = walk(marks ? marks.taken(value, list, index) : value, levels - 1, marks);
    if (walked !== value) {
      list[index] = walked;
    }
  }
  return list;
}

function walkObject(
  object: Record<string, unknown>,
  levels: number,
  marks: NumberMarks | undefined,
): Record<string, unknown> {
  const keys = Object.keys(object);
  if (!keys.every((key) => storableText(key) === key && !isPolluting(key, object[key]))) {
    return rewritten(object, keys, levels, marks);
  }
  for (const key of keys) {
    const value = object[key];
    const walked = walk(marks ? marks.taken(value, object, key) : value, levels - 1, marks);
    if (walked !== value) {
      object[key] = walked;
    }
  }
  return object;
}

/** Names in one object that no database takes; making as many new ones takes its time, and nobody sends them. */
const MAX_RENAMED = 1_000;

/** A new object: to take many names out of one takes far longer. */
function rewritten(
  object: Record<string, unknown>,
  keys: readonly string[],
  levels: number,
  marks: NumberMarks | undefined,
): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  let renamed = 0;
  for (const key of keys) {
    const value = object[key];
    if (!isPolluting(key, value)) {
      const name = storableText(key);
      renamed += name === key ? 0 : 1;
      if (Object.hasOwn(copy, name)) {
        throw oneName(name);
      }
      setOwn(copy, name, walk(marks ? marks.taken(value, copy, name) : value, levels - 1, marks));
    }
    if (renamed > MAX_RENAMED) {
      throw new WebhookError('BODY_MALFORMED', { reason: because('BODY_TOO_COMPLEX', { detail: 'unreadable' }) });
    }
  }
  return copy;
}

/** Whether a key could reach a prototype. */
function isPolluting(key: string, value: unknown): boolean {
  return key === '__proto__' || (key === 'constructor' && holdsPrototype(value));
}

function holdsPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}
