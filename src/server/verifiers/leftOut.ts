import { baseOf, leavesOut, placeholdersIn } from '../../common/signedText';
import type { Sources } from './Sources';
import { isAsOften } from '../linearSearch';
import { partsOf, type Content } from './template';

/** Stands for a part in which no word can be. */
const OPAQUE = '\0';

/**
 * The texts that a call may be signed as. One that leaves a value out is for calls in which that isn't there, not even
 * empty or twice: nothing would prove it.
 */
export function textsFor(templates: readonly string[], sources: Sources): string[] {
  const isThere = (name: string) => sources.has(baseOf(name));
  return templates.filter((template) =>
    templates
      .filter((fuller) => leavesOut(template, fuller))
      .flatMap(placeholdersIn)
      .every((name) => template.includes(`{${name}}`) || !isThere(name)),
  );
}

/**
 * Whether a text that names only some of what a scheme signs reads like one that names more: a value was put into
 * another one with the words before it, `1;request-id:2` in place of the two. Into a body that is a JSON object or list
 * nothing can be put: it is as it was signed, or none.
 */
export function readsAsFuller(
  template: string,
  templates: readonly string[],
  content: Content,
  sources: Sources,
): boolean {
  const fuller = templates.filter((other) => leavesOut(template, other));
  if (fuller.length === 0) {
    return false;
  }
  const isOpaque = (index: number) =>
    index % 2 === 1 && (isBounded(parts[index]) || (parts[index] === 'body' && sources.isJsonObjectOrList()));
  const parts = partsOf(template);
  const received = content.map((piece, index) => (isOpaque(index) ? OPAQUE : piece.toString())).join('');
  const written = parts.map((part, index) => (index % 2 === 0 ? part : OPAQUE)).join('');
  return [...new Set(fuller.flatMap(wordsOf))].some((word) => {
    sources.lookThrough(received.length);
    return !isAsOften(word, received, written);
  });
}

/** What has a form of its own, in which no word of a text is. */
function isBounded(name: string | undefined): boolean {
  return name === 'ts' || name === 'method';
}

/** What stands for itself in a template. */
function wordsOf(template: string): string[] {
  return partsOf(template).filter((part, index) => index % 2 === 0 && part !== '');
}
